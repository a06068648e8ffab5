package dev.clew.journal;

/**
 * The names that requests of one route and upstream share, each empty where a request reached none.
 *
 * @param route the route's name
 * @param template the route's path pattern
 */
public record Place(String tenant, String route, String template, String upstream) {

    /** The place of a request to an unknown host. */
    public static final Place UNKNOWN = new Place("", "", "", "");
}
