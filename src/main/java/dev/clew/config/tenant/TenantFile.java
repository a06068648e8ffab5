package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/**
 * A file in {@code tenants/}.
 *
 * <p>Everything is optional here, for two reasons: Quarkus maps every annotated interface from its own configuration at
 * start, which has none of these keys, and {@link TenantReader} reports missing keys better than SmallRye.
 */
@ConfigMapping(prefix = TenantFile.PREFIX)
public interface TenantFile extends TenantCommonSection {

    String PREFIX = "clew.tenant";

    @Setting(
            value = Kind.HOST,
            text = "Host names, wildcards such as `\"*.example.com\"`, IPv4 addresses, or IPv6 addresses in "
                    + "brackets; without a port. A host belongs to one tenant or is [shared](http.md#shared-hosts). If "
                    + "two files claim the same host at start, the file whose name sorts first gets it, and the other "
                    + "tenant is not served.",
            required = true)
    List<Item> hosts();

    @Setting(value = Kind.GROUP, text = "On shared hosts: which requests belong to this tenant.")
    HostClaimSection match();

    @Setting(value = Kind.FLAG, text = "Whether every request gets 503.", standard = "false")
    ConfigValue suspended();

    @Setting(value = Kind.GROUP, text = "TLS between this tenant's clients and the gateway.")
    TenantTlsSection tls();

    @Setting(value = Kind.GROUP, text = "Rules about client addresses.")
    NetworkSection networks();

    @Setting(value = Kind.GROUP, text = "Authentication of callers.")
    AuthenticationSection authentication();

    @Setting(
            value = Kind.GROUP,
            text = "Services, by name (1 to 63 letters, digits, `-`, `_`, `.`); none if every route responds itself.",
            absent = "none")
    Map<String, UpstreamSection> upstreams();

    @Setting(
            value = Kind.GROUP,
            text = "The routes; their order matters only between [equal matches](http.md#routes).",
            required = true)
    List<RouteSection> routes();

    /** The claim to part of the requests for a shared host: by path prefix or header field. */
    interface HostClaimSection {

        @Setting(
                value = Kind.PATH,
                text = "Requests with this path or a path below it, for example `/acme`.",
                absent = "all requests")
        ConfigValue pathPrefix();

        @Setting(value = Kind.GROUP, text = "A header field that identifies the tenant.")
        ClaimHeaderSection header();
    }

    /** The header field that distinguishes the tenants of a shared host. */
    interface ClaimHeaderSection extends Item {

        @Setting(
                value = Kind.HEADER,
                text = "Name of the field, instead of `path-prefix`; all tenants of the host must use the same name.",
                required = true)
        ConfigValue name();

        @Setting(value = Kind.TEXT, text = "The exact value.", required = true)
        ConfigValue value();
    }
}
