package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.List;
import java.util.Optional;

/** Which requests go where. */
interface RouteSettings {

    @Setting(
            value = Kind.NAME,
            text = "The route's name in spans, metrics and log lines; unique within the tenant.",
            required = true)
    Optional<String> name();

    @Setting(value = Kind.GROUP, text = "Which requests take this route.", required = true)
    MatchSettings match();

    @Setting(value = Kind.NAME, text = "The name of one of this tenant's upstreams.", required = true)
    Optional<String> upstream();

    @Setting(value = Kind.GROUP, text = "What is changed before the request is sent on.")
    RewriteSettings rewrite();

    @Setting(value = Kind.GROUP, text = "How requests that take this route are traced.")
    RouteTracingSettings tracing();

    /** How requests of one route are traced, where other than the tenant's. */
    interface RouteTracingSettings {

        @Setting(value = Kind.GROUP, text = "In place of the tenant's sampling; what is left out is the tenant's.")
        TracingSettings.SamplingSettings sampling();
    }

    /** Which requests take a route. */
    interface MatchSettings {

        @Setting(
                value = Kind.PATH,
                text = "A path: segments are literal or {name}; a last segment ** stands for any rest.")
        Optional<String> path();

        @Setting(
                value = Kind.REGEX,
                text = "In place of path: a regular expression (RE2) that the whole path must match.")
        Optional<String> pathRegex();

        @Setting(value = Kind.METHOD, text = "The request methods; any when left out. GET takes HEAD along.")
        Optional<List<String>> methods();

        @Setting(value = Kind.GROUP, text = "What header fields the request must have, all of them.")
        List<FieldSettings> headers();

        @Setting(value = Kind.GROUP, text = "What query parameters the request must have, all of them.")
        List<FieldSettings> query();
    }

    /** A header field or query parameter; without value and regex it need only be there. */
    interface FieldSettings {

        @Setting(value = Kind.TEXT, text = "Its name.", required = true)
        Optional<String> name();

        @Setting(value = Kind.TEXT, text = "Its value, exactly.")
        Optional<String> value();

        @Setting(value = Kind.REGEX, text = "A regular expression (RE2) that the whole value must match.")
        Optional<String> regex();
    }

    /** What is changed before a request is sent on. */
    interface RewriteSettings {

        @Setting(value = Kind.PATH, text = "The path sent upstream; {name} and ** carry over what they matched.")
        Optional<String> path();
    }
}
