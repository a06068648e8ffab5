package dev.clew.config.tenant;

import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.config.yaml.Values;
import dev.clew.tenant.LogPolicy;
import dev.clew.trace.context.Sampler;
import io.smallrye.config.ConfigValue;

/** The access-log lines of a tenant, or their default. */
public interface LogSection {

    @Setting(
            value = Kind.RATIO,
            text = "Share of the good requests that write a line, 0 to 1, chosen by trace ID. Failed, rejected, slow "
                    + "and retried requests, and those with a status from 400 on, always do.",
            standard = "1")
    ConfigValue good();

    /** Reads the section; absent values default to the given ones. */
    static LogPolicy read(LogSection section, Fields fields, LogPolicy standard) {
        return new LogPolicy(
                fields.read(section.good(), text -> new Sampler.TraceIdRatio(Values.ratio(text)), standard.good()));
    }
}
