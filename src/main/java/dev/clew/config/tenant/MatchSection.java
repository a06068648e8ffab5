package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** The match of a route. */
interface MatchSection {

    @Setting(
            value = Kind.PATH,
            text = "Path pattern: each segment is literal or `{name}`; a final `**` matches the rest of the path, "
                    + "which may be empty.",
            absent = "required, or `path-regex`")
    ConfigValue path();

    @Setting(
            value = Kind.REGEX,
            text = "Instead of `path`: a [regular expression](http.md#regular-expressions) that must match the "
                    + "whole path.",
            absent = "none")
    ConfigValue pathRegex();

    @Setting(
            value = Kind.METHOD,
            text = "Methods in upper case: those of RFC 9110 except CONNECT, PATCH, and those of WebDAV. `GET` "
                    + "includes `HEAD`.",
            absent = "any")
    List<Item> methods();

    @Setting(
            value = Kind.GROUP,
            text = "Header fields that the request must have, all of them; at most 16, each name once. Several "
                    + "lines with the same name count as one value, joined by `, `.")
    List<FieldSection> headers();

    @Setting(
            value = Kind.GROUP,
            text = "Query parameters that the request must have, all of them. Values are compared after decoding; "
                    + "if a name occurs several times, the first value counts.")
    List<FieldSection> query();

    /** A header field or query parameter; without value and regex it need only be present. */
    interface FieldSection extends Item {

        @Setting(value = Kind.TEXT, text = "The name.", required = true)
        ConfigValue name();

        @Setting(value = Kind.TEXT, text = "The exact value.", absent = "any")
        ConfigValue value();

        @Setting(
                value = Kind.REGEX,
                text = "Instead of `value`: a regular expression that must match the whole value.",
                absent = "any")
        ConfigValue regex();
    }
}
