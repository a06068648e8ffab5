package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/**
 * One file in {@code tenants/}.
 *
 * <p>Everything is optional here, for two reasons: Quarkus fills every annotated mapping from its own configuration when
 * it starts, where none of this stands, and {@link TenantReader} says better than SmallRye what is missing where.
 */
@ConfigMapping(prefix = TenantFile.PREFIX)
interface TenantFile extends TenantCommonSection {

    String PREFIX = "clew.tenant";

    @Setting(
            value = Kind.HOST,
            text =
                    "The host names this tenant is reached by: a name, \"*.\" and a name (quote it), an IPv4 address, or an"
                            + " IPv6 address in brackets. A host belongs to one tenant, unless match says which"
                            + " requests for it do.",
            required = true)
    List<Item> hosts();

    @Setting(
            value = Kind.GROUP,
            text = "Which of the requests for these hosts are this tenant's, where others have the same hosts.")
    HostClaimSection match();

    @Setting(value = Kind.FLAG, text = "Whether every request to this tenant is refused.", standard = "false")
    ConfigValue suspended();

    @Setting(value = Kind.GROUP, text = "TLS between this tenant's clients and the gateway.")
    TenantTlsSection tls();

    @Setting(value = Kind.GROUP, text = "From which client addresses requests are taken.")
    NetworkSection networks();

    @Setting(value = Kind.GROUP, text = "What callers have to prove.")
    AuthenticationSection authentication();

    @Setting(value = Kind.GROUP, text = "The services behind this tenant, by name.", required = true)
    Map<String, UpstreamSection> upstreams();

    @Setting(value = Kind.GROUP, text = "Which requests go to which upstream.", required = true)
    List<RouteSection> routes();

    /** Which requests for a shared host are a tenant's: one of the two. */
    interface HostClaimSection {

        @Setting(
                value = Kind.PATH,
                text = "Those whose path is this or below it, such as /acme; the longest prefix wins.")
        ConfigValue pathPrefix();

        @Setting(value = Kind.GROUP, text = "Those with this header field.")
        ClaimHeaderSection header();
    }

    /** The header field that tells the tenants of a host apart. */
    interface ClaimHeaderSection extends Item {

        @Setting(value = Kind.HEADER, text = "Its name, the same for all tenants of the host.", required = true)
        ConfigValue name();

        @Setting(value = Kind.TEXT, text = "Its value, exactly.", required = true)
        ConfigValue value();
    }
}
