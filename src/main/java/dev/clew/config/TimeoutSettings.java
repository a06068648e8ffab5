package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.Optional;

/** How long an upstream may take: one, or any that does not say. */
interface TimeoutSettings {

    @Setting(value = Kind.DURATION, text = "Until a connection stands, TLS included.", standard = "1s")
    Optional<String> connect();

    @Setting(
            value = Kind.DURATION,
            text = "From the request's last byte to the first byte of the response.",
            standard = "30s")
    Optional<String> response();

    @Setting(value = Kind.DURATION, text = "Without any byte while a body is under way.", standard = "60s")
    Optional<String> idle();

    @Setting(
            value = Kind.DURATION,
            text = "For one attempt, to the first byte of the response; unbounded when left out.")
    Optional<String> attempt();

    @Setting(
            value = Kind.DURATION,
            text = "For all attempts and waits, to the last byte of the response; unbounded when left out.")
    Optional<String> request();
}
