package dev.clew.explain;

import org.jspecify.annotations.Nullable;

/**
 * One decision about a request.
 *
 * @param verdict in a few words
 * @param why in a sentence or less; empty if the verdict says all
 * @param atNanos since the request's start; null if the time is not known, or nothing was sent
 */
public record TrailStep(Step step, String verdict, String why, @Nullable Long atNanos) {

    /** The subject of a decision. */
    public enum Step {
        TENANT("tenant"),
        ROUTE("route"),
        ACCESS("access"),
        TRACE("trace"),
        SAMPLING("sampling"),
        LIMITS("limits"),
        AUTHENTICATION("authentication"),
        ATTEMPT("attempt"),
        RETRY("retry"),
        CIRCUIT("circuit"),
        MIRROR("mirror"),
        END("end");

        private final String token;

        Step(String token) {
            this.token = token;
        }

        /** Returns the value in responses. */
        public String token() {
            return token;
        }
    }

    /** Returns a step without a time. */
    public static TrailStep of(Step step, String verdict, String why) {
        return new TrailStep(step, verdict, why, null);
    }
}
