package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.Limits;
import java.util.Optional;

/** A tenant's share of the gateway: of one tenant, or as the gateway's default. */
interface LimitSettings {

    @Setting(
            value = Kind.SIZE,
            text = "The largest request body; larger ones are answered with 413.",
            standard = "unlimited")
    Optional<String> requestBody();

    @Setting(
            value = Kind.COUNT,
            text = "The most requests a second in the long run; further ones are answered with 429. Any when left out.",
            from = 1,
            to = Limits.MAX_RATE)
    Optional<String> requestsPerSecond();

    @Setting(
            value = Kind.COUNT,
            text = "How many requests may come at once within that rate; as many as a second brings when left out.",
            from = 1,
            to = Limits.MAX_RATE)
    Optional<String> burst();

    @Setting(
            value = Kind.COUNT,
            text = "The most requests under way at once; further ones are answered with 503. Any when left out.",
            from = 1)
    Optional<String> concurrentRequests();
}
