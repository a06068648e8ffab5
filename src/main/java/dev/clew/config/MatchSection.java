package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** The match of a route. */
interface MatchSection {

    @Setting(
            value = Kind.PATH,
            text = "A path: segments are literal or `{name}`; a last `**` is any rest, also none.",
            absent = "required, or `path-regex`")
    ConfigValue path();

    @Setting(
            value = Kind.REGEX,
            text = "In place of `path`: a [regular expression](http.md#regular-expressions) that the whole "
                    + "path must match.",
            absent = "none")
    ConfigValue pathRegex();

    @Setting(
            value = Kind.METHOD,
            text = "Methods in upper case, of RFC 9110 (but CONNECT), PATCH and WebDAV; `GET` takes `HEAD` " + "along.",
            absent = "any")
    List<Item> methods();

    @Setting(
            value = Kind.GROUP,
            text = "Header fields that the request must have, all of them; up to 16, each name once. "
                    + "Several lines of one count as one value, joined by `, `.")
    List<FieldSection> headers();

    @Setting(
            value = Kind.GROUP,
            text = "Query parameters that the request must have, all of them, decoded; of several with one "
                    + "name the first counts.")
    List<FieldSection> query();

    /** A header field or query parameter; without value and regex it need only be there. */
    interface FieldSection extends Item {

        @Setting(value = Kind.TEXT, text = "Its name.", required = true)
        ConfigValue name();

        @Setting(value = Kind.TEXT, text = "Its value, exactly.", absent = "any")
        ConfigValue value();

        @Setting(
                value = Kind.REGEX,
                text = "In place of `value`: a regular expression that the whole value must match.",
                absent = "any")
        ConfigValue regex();
    }
}
