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
            text = "Where the service listens: http or https, host, optional port and base path.",
            required = true)
    List<Item> endpoints();

    @Setting(
            value = Kind.PROTOCOL,
            text = "What is spoken there: HTTP/1.1, HTTP/2 without TLS or HTTP/2 over TLS.",
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
            text = "How the service is told of the trace; as OTEL_PROPAGATORS says when left out.")
    ConfigValue propagate();

    /** How requests are spread. */
    interface BalancingSection {

        @Setting(
                value = Kind.BALANCING,
                text = "Who gets the next request: each in turn, of two at random the less busy one, or by a hash.",
                standard = "round-robin")
        ConfigValue policy();

        @Setting(
                value = Kind.HEADER,
                text = "For hash: the request header field that is hashed; the client's address when neither is said.")
        ConfigValue header();

        @Setting(value = Kind.HEADER, text = "For hash: the cookie that is hashed.")
        ConfigValue cookie();

        @Setting(
                value = Kind.COUNT,
                text = "Each endpoint's share beside the others', in the order of the endpoints; equal when left out.",
                from = 1,
                to = Balancing.MAX_WEIGHT)
        List<Item> weights();

        @Setting(
                value = Kind.DURATION,
                text =
                        "Over how long an address that comes (back) gets its share, little by little; at once when left out.")
        ConfigValue slowStart();
    }

    /** A request that the gateway sends to each address at intervals. */
    interface HealthCheckSection extends Item {

        @Setting(value = Kind.PATH_TO_CHECK, text = "The path that is asked for; there is no check without one.")
        ConfigValue path();

        @Setting(value = Kind.DURATION, text = "The time between two checks; 10s when left out.")
        ConfigValue interval();

        @Setting(value = Kind.DURATION, text = "How long an answer may take; 1s when left out.")
        ConfigValue timeout();

        @Setting(
                value = Kind.COUNT,
                text = "So many answers in a row make an unhealthy address healthy; 2 when left out.",
                from = 1,
                to = HealthCheck.MOST_IN_A_ROW)
        ConfigValue healthyAfter();

        @Setting(
                value = Kind.COUNT,
                text = "So many failures in a row make a healthy address unhealthy; 3 when left out.",
                from = 1,
                to = HealthCheck.MOST_IN_A_ROW)
        ConfigValue unhealthyAfter();

        @Setting(
                value = Kind.COUNT,
                text = "The statuses that count as an answer; 200 to 299 when left out.",
                from = 200,
                to = 599)
        List<Item> statuses();
    }
}
