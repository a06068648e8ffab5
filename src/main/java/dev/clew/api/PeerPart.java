package dev.clew.api;

import dev.clew.management.Viewer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Another replica's part of a response.
 *
 * @param replica its address
 * @param body JSON
 */
record PeerPart(String replica, Object body) {

    private static final String TENANT = "tenant";
    private static final String TENANT_OF_SPAN = "tenant.id";

    /**
     * Returns whether the part has only what a viewer sees. One that has more comes from a replica whose tokens differ,
     * as for a while after a change; its sums include what is not shown, so it is of no use as a whole.
     */
    boolean isWithin(Viewer viewer) {
        return viewer.seesAll() || isVisible(body, viewer);
    }

    /** Returns whether all rows, whose member {@code tenant} says to whom they belong, are visible. */
    static boolean isVisible(Object json, Viewer viewer) {
        if (json instanceof JsonArray array) {
            for (Object element : array) {
                if (element != null && !isVisible(element, viewer)) {
                    return false;
                }
            }
            return true;
        }
        return !(json instanceof JsonObject object) || isVisible(object, viewer);
    }

    private static boolean isVisible(JsonObject object, Viewer viewer) {
        if (object.containsKey(TENANT) && !sees(viewer, object.getValue(TENANT))
                || object.containsKey(TENANT_OF_SPAN) && !sees(viewer, object.getValue(TENANT_OF_SPAN))) {
            return false;
        }
        if (TENANT_OF_SPAN.equals(object.getValue("key"))
                && !(object.getValue("value") instanceof JsonObject value
                        && sees(viewer, value.getValue("stringValue")))) {
            return false;
        }
        for (String name : object.fieldNames()) {
            Object member = object.getValue(name);
            if (member != null && !isVisible(member, viewer)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sees(Viewer viewer, Object tenant) {
        return tenant instanceof String name && viewer.sees(name);
    }
}
