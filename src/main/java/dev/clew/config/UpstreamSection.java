package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.HealthCheck;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** A service behind the gateway. */
interface UpstreamSection extends Item, UpstreamCommonSection {

    @Setting(
            value = Kind.URL,
            text = "Where the service listens: `http` or `https`, host, optional port and base path. A name "
                    + "with several addresses is [several addresses](http.md#addresses).",
            required = true)
    List<Item> endpoints();

    @Setting(
            value = Kind.PROTOCOL,
            text = "The protocol spoken there: `http1`, `h2c` (HTTP/2 without TLS, with prior knowledge) or "
                    + "`h2` (HTTP/2 over TLS, by ALPN).",
            standard = "http1")
    ConfigValue protocol();

    @Setting(
            value = Kind.COUNT,
            text = "The most requests at once on one HTTP/2 connection.",
            standard = "100",
            from = 1,
            to = Connections.MOST_STREAMS)
    ConfigValue streams();

    @Setting(value = Kind.GROUP, text = "TLS to endpoints that begin with https.")
    UpstreamTlsSection tls();

    @Setting(value = Kind.GROUP, text = "How requests are spread over the addresses that are well.")
    BalancingSection balancing();

    @Setting(value = Kind.GROUP, text = "A request that the gateway sends to each address at intervals.")
    HealthCheckSection healthCheck();

    @Setting(value = Kind.DURATION, text = "How often an endpoint's name is looked up anew.", standard = "5s")
    ConfigValue lookUpEvery();

    @Setting(value = Kind.GROUP, text = "Whether and when a request is sent once more.")
    RetrySection retry();

    @Setting(
            value = Kind.OUTBOUND_FORMAT,
            text = "How the service is told of the trace: `w3c`, `b3` (one header), `b3multi` (`X-B3-*`) or "
                    + "`none`, which sends no baggage either; unset, in all formats of `OTEL_PROPAGATORS`.",
            absent = "`OTEL_PROPAGATORS`")
    ConfigValue propagate();

    /** Balancing. */
    interface BalancingSection {

        @Setting(
                value = Kind.BALANCING,
                text = "The [balancing](http.md#balancing): `round-robin`, `least-requests` or `hash`.",
                standard = "round-robin")
        ConfigValue policy();

        @Setting(
                value = Kind.HEADER,
                text = "For `hash`: the request header field that is hashed; with neither this nor `cookie`, "
                        + "the [client's address](http.md#clients-behind-proxies).",
                absent = "none")
        ConfigValue header();

        @Setting(value = Kind.HEADER, text = "For `hash`: the cookie that is hashed.", absent = "none")
        ConfigValue cookie();

        @Setting(
                value = Kind.COUNT,
                text = "Each endpoint's share beside the others', in the order of `endpoints`; an endpoint's "
                        + "addresses have its weight each.",
                absent = "equal",
                from = 1,
                to = Balancing.MAX_WEIGHT)
        List<Item> weights();

        @Setting(
                value = Kind.DURATION,
                text = "Over how long an address that comes, or comes back, gets its share, little by little.",
                absent = "at once")
        ConfigValue slowStart();
    }

    /** A request that the gateway sends to each address at intervals. */
    interface HealthCheckSection extends Item {

        @Setting(
                value = Kind.PATH_TO_CHECK,
                text = "The path that is asked for with GET at [each address](http.md#health).",
                absent = "no check")
        ConfigValue path();

        @Setting(value = Kind.DURATION, text = "The time between two checks.", absent = "`10s`")
        ConfigValue interval();

        @Setting(value = Kind.DURATION, text = "How long a response may take.", absent = "`1s`")
        ConfigValue timeout();

        @Setting(
                value = Kind.COUNT,
                text = "So many good responses in a row make an unhealthy address healthy.",
                absent = "`2`",
                from = 1,
                to = HealthCheck.MOST_IN_A_ROW)
        ConfigValue healthyAfter();

        @Setting(
                value = Kind.COUNT,
                text = "So many failures in a row make a healthy address unhealthy.",
                absent = "`3`",
                from = 1,
                to = HealthCheck.MOST_IN_A_ROW)
        ConfigValue unhealthyAfter();

        @Setting(
                value = Kind.COUNT,
                text = "The statuses that count as good.",
                absent = "200 to 299",
                from = 200,
                to = 599)
        List<Item> statuses();
    }
}
