package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.HealthCheck;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** A service behind the gateway. */
public interface UpstreamSection extends Item, UpstreamCommonSection {

    @Setting(
            value = Kind.URL,
            text = "URLs of the service: `http` or `https`, host, optional port and base path. A host name may "
                    + "resolve to [several addresses](http.md#addresses).",
            required = true)
    List<Item> endpoints();

    @Setting(
            value = Kind.PROTOCOL,
            text = "Protocol to the upstream: `http1`, `h2c` (HTTP/2 without TLS, with prior knowledge) or `h2` "
                    + "(HTTP/2 over TLS, by ALPN).",
            standard = "http1")
    ConfigValue protocol();

    @Setting(
            value = Kind.COUNT,
            text = "Maximum number of concurrent requests on one HTTP/2 connection.",
            standard = "100",
            from = 1,
            to = Connections.MAX_STREAMS)
    ConfigValue streams();

    @Setting(value = Kind.GROUP, text = "TLS settings for `https` endpoints.")
    UpstreamTlsSection tls();

    @Setting(value = Kind.GROUP, text = "Load balancing over the healthy addresses.")
    BalancingSection balancing();

    @Setting(value = Kind.GROUP, text = "Active health check: a request to each address at regular intervals.")
    HealthCheckSection healthCheck();

    @Setting(value = Kind.DURATION, text = "Interval between DNS look-ups of the endpoints' names.", standard = "5s")
    ConfigValue lookUpEvery();

    @Setting(value = Kind.GROUP, text = "Retries of failed requests.")
    RetrySection retry();

    @Setting(
            value = Kind.OUTBOUND_FORMAT,
            text = "Format of the trace context sent to the service: `w3c`, `b3` (one header), `b3multi` (`X-B3-*`) "
                    + "or `none`. `none` sends no baggage either. Unset, all formats of `OTEL_PROPAGATORS` are sent.",
            absent = "`OTEL_PROPAGATORS`")
    ConfigValue propagate();

    /** Load balancing. */
    interface BalancingSection {

        @Setting(
                value = Kind.BALANCING,
                text = "The [balancing policy](http.md#balancing): `round-robin`, `least-requests` or `hash`.",
                standard = "round-robin")
        ConfigValue policy();

        @Setting(
                value = Kind.HEADER,
                text = "For `hash`: the request header field to hash. Without `cookie` and `header`, the [client's "
                        + "address](http.md#clients-behind-proxies) is hashed.",
                absent = "none")
        ConfigValue header();

        @Setting(value = Kind.HEADER, text = "For `hash`: the cookie to hash.", absent = "none")
        ConfigValue cookie();

        @Setting(
                value = Kind.COUNT,
                text = "Weight of each endpoint, in the order of `endpoints`. Every address of an endpoint has the "
                        + "endpoint's weight.",
                absent = "equal",
                from = 1,
                to = Balancing.MAX_WEIGHT)
        List<Item> weights();

        @Setting(
                value = Kind.DURATION,
                text = "Time over which a new or recovered address gradually receives its full share.",
                absent = "no slow start")
        ConfigValue slowStart();
    }

    /** Active health checks of each address. */
    interface HealthCheckSection extends Item {

        @Setting(
                value = Kind.PATH_TO_CHECK,
                text = "Path that is requested with GET from [each address](http.md#health).",
                absent = "no check")
        ConfigValue path();

        @Setting(value = Kind.DURATION, text = "Time between two checks.", absent = "`10s`")
        ConfigValue interval();

        @Setting(value = Kind.DURATION, text = "Maximum time for a response.", absent = "`1s`")
        ConfigValue timeout();

        @Setting(
                value = Kind.COUNT,
                text = "Number of consecutive good responses that make an unhealthy address healthy.",
                absent = "`2`",
                from = 1,
                to = HealthCheck.MAX_IN_A_ROW)
        ConfigValue healthyAfter();

        @Setting(
                value = Kind.COUNT,
                text = "Number of consecutive failures that make a healthy address unhealthy.",
                absent = "`3`",
                from = 1,
                to = HealthCheck.MAX_IN_A_ROW)
        ConfigValue unhealthyAfter();

        @Setting(value = Kind.COUNT, text = "Statuses that count as good.", absent = "200 to 299", from = 200, to = 599)
        List<Item> statuses();
    }
}
