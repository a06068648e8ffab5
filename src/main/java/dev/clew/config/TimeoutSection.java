package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;

/** How long an upstream may take: one, or any that does not say. */
interface TimeoutSection {

    @Setting(value = Kind.DURATION, text = "Until a connection stands, TLS included.", standard = "1s")
    ConfigValue connect();

    @Setting(
            value = Kind.DURATION,
            text = "From the request's last byte to the first byte of the response.",
            standard = "30s")
    ConfigValue response();

    @Setting(value = Kind.DURATION, text = "Without any byte while a body is under way.", standard = "60s")
    ConfigValue idle();

    @Setting(
            value = Kind.DURATION,
            text = "For one attempt, to the first byte of the response; unbounded when left out.")
    ConfigValue attempt();

    @Setting(
            value = Kind.DURATION,
            text = "For all attempts and waits, to the last byte of the response; unbounded when left out.")
    ConfigValue request();
}
