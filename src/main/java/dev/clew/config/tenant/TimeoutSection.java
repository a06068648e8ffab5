package dev.clew.config.tenant;

import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.tenant.upstream.Timeouts;
import io.smallrye.config.ConfigValue;

/** The timeouts of an upstream, or their defaults. */
public interface TimeoutSection {

    @Setting(
            value = Kind.DURATION,
            text = "Until a connection is established, TLS included; also the maximum wait for a free place.",
            standard = "1s")
    ConfigValue connect();

    @Setting(
            value = Kind.DURATION,
            text = "From the last byte of the request to the first byte of the response.",
            standard = "30s")
    ConfigValue response();

    @Setting(
            value = Kind.DURATION,
            text = "Without any byte while a body is transferred; also how long an unused connection is kept.",
            standard = "60s")
    ConfigValue idle();

    @Setting(value = Kind.DURATION, text = "For one attempt, until the first byte of the response.", absent = "none")
    ConfigValue attempt();

    @Setting(
            value = Kind.DURATION,
            text = "For all attempts and waits, until the last byte of the response.",
            absent = "none")
    ConfigValue request();

    /** Reads the section; absent values default to the given ones. */
    static Timeouts read(TimeoutSection section, Fields fields, Timeouts standard) {
        return new Timeouts(
                fields.duration(section.connect(), standard.connect()),
                fields.duration(section.response(), standard.response()),
                fields.duration(section.idle(), standard.idle()),
                fields.duration(section.attempt(), standard.attempt()),
                fields.duration(section.request(), standard.request()));
    }
}
