package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.Optional;

/** A tenant's share of the gateway: of one tenant, or as the gateway's default. */
interface LimitSettings {

    @Setting(
            value = Kind.SIZE,
            text = "The largest request body; larger ones are answered with 413.",
            standard = "unlimited")
    Optional<String> requestBody();
}
