package dev.clew.config;

import dev.clew.config.SelectionSettings.BalancingSettings;
import dev.clew.config.SelectionSettings.EjectionSettings;
import dev.clew.config.SelectionSettings.HealthCheckSettings;
import dev.clew.config.Setting.Kind;
import dev.clew.tenant.Connections;
import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file in {@code tenants/}.
 *
 * <p>Everything is optional here, for two reasons: Quarkus fills every annotated mapping from its own configuration when
 * it starts, where none of this stands, and {@link TenantReader} says better than SmallRye what is missing where.
 */
@ConfigMapping(prefix = TenantFile.PREFIX)
interface TenantFile {

    String PREFIX = "clew.tenant";

    @Setting(
            value = Kind.HOST,
            text =
                    "The host names this tenant is reached by: a name, \"*.\" and a name (quote it), an IPv4 address, or an"
                            + " IPv6 address in brackets. A host belongs to one tenant, unless match says which"
                            + " requests for it do.",
            required = true)
    Optional<List<String>> hosts();

    @Setting(
            value = Kind.GROUP,
            text = "Which of the requests for these hosts are this tenant's, where others have the same hosts.")
    ClaimSettings match();

    @Setting(value = Kind.FLAG, text = "Whether every request to this tenant is refused.", standard = "false")
    Optional<String> suspended();

    @Setting(value = Kind.GROUP, text = "TLS between this tenant's clients and the gateway.")
    TenantTlsSettings tls();

    @Setting(value = Kind.GROUP, text = "How this tenant's requests are traced.")
    TracingSettings tracing();

    @Setting(value = Kind.GROUP, text = "This tenant's share of the gateway.")
    LimitSettings limits();

    @Setting(value = Kind.GROUP, text = "From which client addresses requests are taken.")
    NetworkSettings networks();

    @Setting(value = Kind.GROUP, text = "What callers have to prove.")
    AuthenticationSettings authentication();

    @Setting(value = Kind.GROUP, text = "The services behind this tenant, by name.", required = true)
    Map<String, UpstreamSettings> upstreams();

    @Setting(value = Kind.GROUP, text = "Which requests go to which upstream.", required = true)
    List<RouteSettings> routes();

    /** Which requests for a shared host are a tenant's: one of the two. */
    interface ClaimSettings {

        @Setting(
                value = Kind.PATH,
                text = "Those whose path is this or below it, such as /acme; the longest prefix wins.")
        Optional<String> pathPrefix();

        @Setting(value = Kind.GROUP, text = "Those with this header field.")
        ClaimHeaderSettings header();
    }

    /** The header field that tells the tenants of a host apart. */
    interface ClaimHeaderSettings {

        @Setting(value = Kind.HEADER, text = "Its name, the same for all tenants of the host.", required = true)
        Optional<String> name();

        @Setting(value = Kind.TEXT, text = "Its value, exactly.", required = true)
        Optional<String> value();
    }

    /** A service behind the gateway. */
    interface UpstreamSettings {

        @Setting(
                value = Kind.URL,
                text = "Where the service listens: http or https, host, optional port and base path.",
                required = true)
        Optional<List<String>> endpoints();

        @Setting(value = Kind.GROUP, text = "How long the service may take.")
        TimeoutSettings timeout();

        @Setting(
                value = Kind.COUNT,
                text = "The most requests at all its endpoints together.",
                standard = "64",
                from = 1,
                to = Connections.MOST_AT_ONCE)
        Optional<String> connections();

        @Setting(
                value = Kind.COUNT,
                text = "How many requests may wait for a place; further ones are answered with 503.",
                standard = "256",
                to = Connections.MOST_PENDING)
        Optional<String> pendingRequests();

        @Setting(
                value = Kind.PROTOCOL,
                text = "What is spoken there: HTTP/1.1, HTTP/2 without TLS or HTTP/2 over TLS.",
                standard = "http1")
        Optional<String> protocol();

        @Setting(
                value = Kind.COUNT,
                text = "The most requests at once on one HTTP/2 connection.",
                standard = "100",
                from = 1,
                to = Connections.MOST_STREAMS)
        Optional<String> streams();

        @Setting(value = Kind.GROUP, text = "TLS to endpoints that begin with https.")
        UpstreamTlsSettings tls();

        @Setting(value = Kind.GROUP, text = "How requests are spread over the addresses that are well.")
        BalancingSettings balancing();

        @Setting(value = Kind.GROUP, text = "A request that the gateway sends to each address at intervals.")
        HealthCheckSettings healthCheck();

        @Setting(value = Kind.GROUP, text = "When an address that fails requests gets none for a while.")
        EjectionSettings ejection();

        @Setting(value = Kind.GROUP, text = "When an upstream that fails requests gets none for a while.")
        CircuitBreakerSettings circuitBreaker();

        @Setting(value = Kind.DURATION, text = "How often an endpoint's name is looked up anew.", standard = "5s")
        Optional<String> lookUpEvery();

        @Setting(value = Kind.GROUP, text = "Whether and when a request is sent once more.")
        RetrySettings retry();

        @Setting(
                value = Kind.OUTBOUND_FORMAT,
                text = "How the service is told of the trace; as OTEL_PROPAGATORS says when left out.")
        Optional<String> propagate();
    }
}
