package dev.clew.config;

import dev.clew.config.Setting.Kind;
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

    @Setting(value = Kind.GROUP, text = "Which requests take this route.", required = true)
    MatchSection match();

    @Setting(
            value = Kind.NAME,
            text = "Where requests are sent: the name of one of the tenant's upstreams.",
            absent = "required, or one of `split`, `redirect`, `respond`")
    ConfigValue upstream();

    @Setting(
            value = Kind.GROUP,
            text = "In place of `upstream`: [several](http.md#splits), each with its share of the requests.")
    List<BranchSection> split();

    @Setting(
            value = Kind.GROUP,
            text = "What keeps requests at one upstream of a split; each is dealt out anew when left out.")
    StickySection sticky();

    @Setting(
            value = Kind.GROUP,
            text = "Another upstream that gets [copies of the requests](http.md#mirrors); its responses are "
                    + "thrown away.")
    MirrorSection mirror();

    @Setting(
            value = Kind.GROUP,
            text = "In place of `upstream`: [where the client is sent](http.md#answers-of-routes).")
    RedirectSection redirect();

    @Setting(
            value = Kind.GROUP,
            text = "In place of `upstream`: [the response](http.md#answers-of-routes) to every request.")
    RespondSection respond();

    @Setting(value = Kind.GROUP, text = "What is changed before the request is sent on.")
    RewriteSection rewrite();

    @Setting(value = Kind.GROUP, text = "What is changed in the header of requests that are sent on.")
    HeaderEditSection requestHeaders();

    @Setting(value = Kind.GROUP, text = "What is changed in the header of responses; the gateway's errors stay.")
    HeaderEditSection responseHeaders();

    @Setting(
            value = Kind.GROUP,
            text = "[Pages of which origins](http.md#cors) may read the responses; the upstream says when "
                    + "left out.")
    CorsSection cors();

    @Setting(
            value = Kind.GROUP,
            text = "From which client addresses requests are taken; what the tenant says must admit them, " + "too.")
    NetworkSection networks();

    @Setting(value = Kind.GROUP, text = "What callers of this route have to prove.")
    AuthenticationSection.RouteAuthenticationSection authentication();

    @Setting(value = Kind.GROUP, text = "How requests that take this route are traced.")
    RouteTracingSection tracing();

    /** Tracing of one route's requests, where other than the tenant's. */
    interface RouteTracingSection {

        @Setting(
                value = Kind.GROUP,
                text = "In place of the tenant's sampling; `per-second` is counted for this route alone.",
                absent = "the tenant's")
        TracingSection.SamplingSection sampling();
    }

    /** Changes made before a request is sent on. */
    interface RewriteSection extends Item {

        @Setting(
                value = Kind.PATH,
                text = "The path sent upstream; `{name}` and `**` carry over what they matched.",
                absent = "none")
        ConfigValue path();

        @Setting(value = Kind.HOST, text = "The `Host` sent upstream, with a port or without.", absent = "the client's")
        ConfigValue host();
    }

    /** One upstream of a split. */
    interface BranchSection extends Item {

        @Setting(value = Kind.NAME, text = "The name of one of the tenant's upstreams.", required = true)
        ConfigValue upstream();

        @Setting(
                value = Kind.COUNT,
                text = "Its share, relative to the others'.",
                standard = "1",
                to = Branch.MAX_WEIGHT)
        ConfigValue weight();
    }

    /** The upstream that gets copies of requests. */
    interface MirrorSection extends Item {

        @Setting(
                value = Kind.NAME,
                text = "The name of one of the tenant's upstreams, none that the requests themselves go to.",
                required = true)
        ConfigValue upstream();

        @Setting(
                value = Kind.RATIO,
                text = "The share of the requests that is copied, 0 to 1, each decided anew.",
                standard = "1")
        ConfigValue share();

        @Setting(
                value = Kind.SIZE,
                text = "The largest body that is copied, up to 1M; it is held until it is complete.",
                standard = "64K")
        ConfigValue body();
    }

    /** The value that keeps requests at one upstream: one of the two. */
    interface StickySection extends Item {

        @Setting(
                value = Kind.HEADER,
                text = "Requests with the same value of this cookie go to the same upstream.",
                absent = "none")
        ConfigValue cookie();

        @Setting(value = Kind.HEADER, text = "In place of `cookie`: the same for a header field.", absent = "none")
        ConfigValue header();
    }

    /** A redirect; what is left out stays as the client asked for it. */
    interface RedirectSection extends Item {

        @Setting(value = Kind.SCHEME, text = "The scheme, `http` or `https`.", absent = "the client's")
        ConfigValue scheme();

        @Setting(value = Kind.HOST, text = "The host, in lower case, without a port.", absent = "the client's")
        ConfigValue host();

        @Setting(value = Kind.COUNT, text = "The port.", absent = "the scheme's", from = 1, to = 65_535)
        ConfigValue port();

        @Setting(
                value = Kind.PATH,
                text = "The path; `{name}` and `**` carry over what they matched.",
                absent = "the client's")
        ConfigValue path();

        @Setting(
                value = Kind.REDIRECT_STATUS,
                text = "The status: `301`, `302`, `303`, `307` or `308`.",
                standard = "302")
        ConfigValue status();
    }

    /** An answer that is always the same. */
    interface RespondSection extends Item {

        @Setting(value = Kind.COUNT, text = "The status.", required = true, from = 200, to = 599)
        ConfigValue status();

        @Setting(value = Kind.TEXT, text = "The media type of the body.", standard = "text/plain; charset=utf-8")
        ConfigValue contentType();

        @Setting(value = Kind.TEXT, text = "The body, in UTF-8 at most 16 KiB.", absent = "none")
        ConfigValue body();
    }
}
