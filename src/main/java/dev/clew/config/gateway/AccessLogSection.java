package dev.clew.config.gateway;

import dev.clew.config.gateway.AccessLogSettings.ShownPath;
import dev.clew.config.gateway.AccessLogSettings.StatusFilter;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.config.yaml.Values;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Optional;

/** The access log. */
public interface AccessLogSection {

    @Setting(value = Kind.FLAG, text = "Whether requests write lines.", standard = "true")
    ConfigValue enabled();

    @Setting(
            value = Kind.SHOWN_PATH,
            text = "How lines, and the [journal](watching.md#the-journal), show paths: `never`, `masked` (a segment "
                    + "with a digit, `@` or `%`, or longer than 24 characters, is `*`), or `whole`; always without the "
                    + "query.",
            absent = "`masked` if no route matched, else `never`")
    ConfigValue path();

    @Setting(
            value = Kind.LOG_FIELD,
            text = "The [fields](tracing.md#the-access-log) of a line.",
            absent = "all but `client_network`, `attempt_list` and `worth`; `host` only if no route matched")
    List<Item> fields();

    @Setting(
            value = Kind.STATUS,
            text = "Statuses of the requests that write lines: single ones such as `404`, and classes such as `5xx`.",
            absent = "all")
    List<Item> statuses();

    /** Reads the section; absent values default to the given ones. */
    static AccessLogSettings read(AccessLogSection section, Fields fields, AccessLogSettings standard) {
        Optional<ShownPath> path =
                fields.parse(section.path(), Values.word(List.of(ShownPath.values()), ShownPath::token));
        return new AccessLogSettings(
                fields.flag(section.enabled(), standard.enabled()),
                path.isPresent() ? path : standard.path(),
                fields.readAll(section.fields(), Values.word(List.of(LogField.values()), LogField::token)).stream()
                        .distinct()
                        .toList(),
                fields.readAll(section.statuses(), StatusFilter::parse));
    }
}
