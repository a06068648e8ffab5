package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.tenant.route.Branch;
import io.smallrye.config.ConfigValue;
import java.util.List;

/** One route. */
interface RouteSection extends Item {

    @Setting(
            value = Kind.NAME,
            text = "The route's name in spans, metrics and log lines; unique in the tenant.",
            required = true)
    ConfigValue name();

    @Setting(value = Kind.GROUP, text = "Which requests match this route.", required = true)
    MatchSection match();

    @Setting(
            value = Kind.NAME,
            text = "Name of the tenant's upstream that requests are sent to.",
            absent = "required, or one of `split`, `redirect`, `respond`")
    ConfigValue upstream();

    @Setting(
            value = Kind.GROUP,
            text = "Instead of `upstream`: [several upstreams](http.md#splits), each with its share of the requests.")
    List<BranchSection> split();

    @Setting(
            value = Kind.GROUP,
            text = "Session affinity in a split. Without it, the upstream is chosen anew for each request.")
    StickySection sticky();

    @Setting(
            value = Kind.GROUP,
            text = "Another upstream that receives [mirrored requests](http.md#mirrors); its responses are "
                    + "discarded.")
    MirrorSection mirror();

    @Setting(value = Kind.GROUP, text = "Instead of `upstream`: [a redirect](http.md#responses-of-routes).")
    RedirectSection redirect();

    @Setting(value = Kind.GROUP, text = "Instead of `upstream`: [a fixed response](http.md#responses-of-routes).")
    RespondSection respond();

    @Setting(value = Kind.GROUP, text = "Changes to the request before it is forwarded.")
    RewriteSection rewrite();

    @Setting(value = Kind.GROUP, text = "Changes to the header of forwarded requests.")
    HeaderEditSection requestHeaders();

    @Setting(
            value = Kind.GROUP,
            text = "Changes to the header of responses; errors made by the gateway stay unchanged.")
    HeaderEditSection responseHeaders();

    @Setting(
            value = Kind.GROUP,
            text = "[Web origins](http.md#cors) whose pages may read the responses. Without this group, CORS "
                    + "headers are left to the upstream.")
    CorsSection cors();

    @Setting(
            value = Kind.GROUP,
            text = "Rules about client addresses on this route; the tenant's `networks` apply as well.")
    NetworkSection networks();

    @Setting(value = Kind.GROUP, text = "Authentication on this route.")
    AuthenticationSection.RouteAuthenticationSection authentication();

    @Setting(value = Kind.GROUP, text = "Tracing of requests on this route.")
    RouteTracingSection tracing();

    /** Tracing of one route's requests, where it differs from the tenant's. */
    interface RouteTracingSection {

        @Setting(
                value = Kind.GROUP,
                text = "Replaces the tenant's sampling; `per-second` is counted separately for this route.",
                absent = "the tenant's")
        TracingSection.SamplingSection sampling();
    }

    /** Changes made before a request is forwarded. */
    interface RewriteSection extends Item {

        @Setting(
                value = Kind.PATH,
                text = "Path sent upstream; `{name}` and `**` insert what they matched.",
                absent = "none")
        ConfigValue path();

        @Setting(value = Kind.HOST, text = "`Host` sent upstream, with or without a port.", absent = "the client's")
        ConfigValue host();
    }

    /** One upstream of a split. */
    interface BranchSection extends Item {

        @Setting(value = Kind.NAME, text = "Name of one of the tenant's upstreams.", required = true)
        ConfigValue upstream();

        @Setting(
                value = Kind.COUNT,
                text = "Weight, relative to the other upstreams.",
                standard = "1",
                to = Branch.MAX_WEIGHT)
        ConfigValue weight();
    }

    /** The upstream that receives mirrored requests. */
    interface MirrorSection extends Item {

        @Setting(
                value = Kind.NAME,
                text = "Name of one of the tenant's upstreams; not one that the route itself sends requests to.",
                required = true)
        ConfigValue upstream();

        @Setting(
                value = Kind.RATIO,
                text = "Share of the requests that is mirrored, 0 to 1; decided separately for each request.",
                standard = "1")
        ConfigValue share();

        @Setting(
                value = Kind.SIZE,
                text = "Maximum size of a mirrored body, up to 1M; the body is buffered until it is complete.",
                standard = "64K")
        ConfigValue body();
    }

    /** The value that keeps requests at one upstream: a cookie or a header field. */
    interface StickySection extends Item {

        @Setting(
                value = Kind.HEADER,
                text = "Cookie whose value selects the upstream: requests with equal values go to the same upstream.",
                absent = "none")
        ConfigValue cookie();

        @Setting(
                value = Kind.HEADER,
                text = "Instead of `cookie`: a header field whose value selects the upstream.",
                absent = "none")
        ConfigValue header();
    }

    /** A redirect; omitted parts stay as the client requested them. */
    interface RedirectSection extends Item {

        @Setting(value = Kind.SCHEME, text = "Scheme: `http` or `https`.", absent = "the client's")
        ConfigValue scheme();

        @Setting(value = Kind.HOST, text = "Host, in lower case, without a port.", absent = "the client's")
        ConfigValue host();

        @Setting(value = Kind.COUNT, text = "Port.", absent = "the scheme's", from = 1, to = 65_535)
        ConfigValue port();

        @Setting(value = Kind.PATH, text = "Path; `{name}` and `**` insert what they matched.", absent = "the client's")
        ConfigValue path();

        @Setting(value = Kind.REDIRECT_STATUS, text = "Status: `301`, `302`, `303`, `307` or `308`.", standard = "302")
        ConfigValue status();
    }

    /** A constant response. */
    interface RespondSection extends Item {

        @Setting(value = Kind.COUNT, text = "Status.", required = true, from = 200, to = 599)
        ConfigValue status();

        @Setting(value = Kind.TEXT, text = "Media type of the body.", standard = "text/plain; charset=utf-8")
        ConfigValue contentType();

        @Setting(value = Kind.TEXT, text = "Body, in UTF-8, at most 16 KiB.", absent = "none")
        ConfigValue body();
    }
}
