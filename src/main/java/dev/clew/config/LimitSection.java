package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.limit.RequestRate;
import io.smallrye.config.ConfigValue;

/** A tenant's share of the gateway: of one tenant, or as the gateway's default. */
interface LimitSection {

    @Setting(
            value = Kind.SIZE,
            text = "The largest request body; larger ones are answered with 413.",
            standard = "unlimited")
    ConfigValue requestBody();

    @Setting(
            value = Kind.COUNT,
            text = "The most requests a second in the long run; further ones are answered with 429. Any when left out.",
            from = 1,
            to = RequestRate.MOST)
    ConfigValue requestsPerSecond();

    @Setting(
            value = Kind.COUNT,
            text = "How many requests may come at once within that rate; as many as a second brings when left out.",
            from = 1,
            to = RequestRate.MOST)
    ConfigValue burst();

    @Setting(
            value = Kind.COUNT,
            text = "The most requests under way at once; further ones are answered with 503. Any when left out.",
            from = 1)
    ConfigValue concurrentRequests();

    @Setting(
            value = Kind.FLAG,
            text = "Whether all replicas of the gateway together keep to that rate and burst, by way of Redis.",
            standard = "false")
    ConfigValue sharedRate();

    @Setting(
            value = Kind.FLAG,
            text = "Whether answers tell of the rate, in RateLimit-Policy and RateLimit.",
            standard = "true")
    ConfigValue rateHeaders();

    @Setting(
            value = Kind.DURATION,
            text = "The longest a request may take as a whole; longer ones are ended. Any when left out.")
    ConfigValue requestDuration();

    @Setting(
            value = Kind.COUNT,
            text = "The most client connections at once that requests come on; those on further ones are answered with"
                    + " 503. Any when left out.",
            from = 1)
    ConfigValue connections();

    @Setting(
            value = Kind.SIZE,
            text = "The largest header section of a request, below the listener's own bound; larger ones are answered"
                    + " with 431.",
            standard = "unlimited")
    ConfigValue headerSize();
}
