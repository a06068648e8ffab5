package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/**
 * One file in {@code tenants/}.
 *
 * <p>Everything is optional here, for two reasons: Quarkus fills every annotated mapping from its own configuration
 * when it starts, where none of this stands, and {@link TenantReader} says better than SmallRye what is missing where.
 */
@ConfigMapping(prefix = TenantFile.PREFIX)
interface TenantFile extends TenantCommonSection {

    String PREFIX = "clew.tenant";

    @Setting(
            value = Kind.HOST,
            text = "Names, `\"*.\"` and a name, IPv4 addresses, or IPv6 addresses in brackets; without a "
                    + "port. A host belongs to one tenant, or is [shared](http.md#shared-hosts): of two files "
                    + "whose claims clash, the one whose name comes first keeps the host, and the other tenant "
                    + "is left out.",
            required = true)
    List<Item> hosts();

    @Setting(
            value = Kind.GROUP,
            text = "Which of the requests for these hosts are this tenant's, where others have the same " + "hosts.")
    HostClaimSection match();

    @Setting(value = Kind.FLAG, text = "Whether every request is refused with 503.", standard = "false")
    ConfigValue suspended();

    @Setting(value = Kind.GROUP, text = "TLS between this tenant's clients and the gateway.")
    TenantTlsSection tls();

    @Setting(value = Kind.GROUP, text = "From which client addresses requests are taken.")
    NetworkSection networks();

    @Setting(value = Kind.GROUP, text = "What callers have to prove.")
    AuthenticationSection authentication();

    @Setting(
            value = Kind.GROUP,
            text = "The services, by name (1 to 63 letters, digits, `-`, `_`, `.`).",
            required = true)
    Map<String, UpstreamSection> upstreams();

    @Setting(
            value = Kind.GROUP,
            text = "The routes; [which one is taken](http.md#routes) does not depend on their order, except "
                    + "between equals.",
            required = true)
    List<RouteSection> routes();

    /** The claim to some requests for a shared host: one of the two. */
    interface HostClaimSection {

        @Setting(
                value = Kind.PATH,
                text = "On a shared host: the requests whose path is this or below it, such as `/acme`.",
                absent = "all requests")
        ConfigValue pathPrefix();

        @Setting(value = Kind.GROUP, text = "Those with this header field.")
        ClaimHeaderSection header();
    }

    /** The header field that tells the tenants of a host apart. */
    interface ClaimHeaderSection extends Item {

        @Setting(
                value = Kind.HEADER,
                text = "On a shared host, in place of `path-prefix`: the requests with this header field; the "
                        + "same name for all tenants of the host.",
                required = true)
        ConfigValue name();

        @Setting(value = Kind.TEXT, text = "The field's value, exactly.", required = true)
        ConfigValue value();
    }
}
