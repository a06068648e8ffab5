package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.route.Branch;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/** Which requests go where. */
interface RouteSection extends Item {

    @Setting(
            value = Kind.NAME,
            text = "The route's name in spans, metrics and log lines; unique within the tenant.",
            required = true)
    ConfigValue name();

    @Setting(value = Kind.GROUP, text = "Which requests take this route.", required = true)
    MatchSection match();

    @Setting(value = Kind.NAME, text = "Where requests are sent: the name of one of this tenant's upstreams.")
    ConfigValue upstream();

    @Setting(value = Kind.GROUP, text = "In place of upstream: several, each with its share of the requests.")
    List<BranchSection> split();

    @Setting(
            value = Kind.GROUP,
            text = "What keeps requests at one upstream of a split; each is dealt out anew when left out.")
    StickySection sticky();

    @Setting(
            value = Kind.GROUP,
            text = "Another upstream that gets copies of the requests; its answers are thrown away.")
    MirrorSection mirror();

    @Setting(value = Kind.GROUP, text = "In place of upstream: where the client is sent.")
    RedirectSection redirect();

    @Setting(value = Kind.GROUP, text = "In place of upstream: the answer to every request.")
    RespondSection respond();

    @Setting(value = Kind.GROUP, text = "What is changed before the request is sent on.")
    RewriteSection rewrite();

    @Setting(value = Kind.GROUP, text = "What is changed in the header of requests that are sent on.")
    HeaderEditSection requestHeaders();

    @Setting(value = Kind.GROUP, text = "What is changed in the header of answers; the gateway's errors stay.")
    HeaderEditSection responseHeaders();

    @Setting(
            value = Kind.GROUP,
            text = "Which pages of other origins may read the answers; the upstream says when left out.")
    CorsSection cors();

    @Setting(value = Kind.GROUP, text = "From which client addresses requests are taken, beside what the tenant says.")
    NetworkSection networks();

    @Setting(value = Kind.GROUP, text = "What callers of this route have to prove.")
    AuthenticationSection.RouteAuthenticationSection authentication();

    @Setting(value = Kind.GROUP, text = "How requests that take this route are traced.")
    RouteTracingSection tracing();

    /** How requests of one route are traced, where other than the tenant's. */
    interface RouteTracingSection {

        @Setting(value = Kind.GROUP, text = "In place of the tenant's sampling; what is left out is the tenant's.")
        TracingSection.SamplingSection sampling();
    }

    /** Which requests take a route. */
    interface MatchSection {

        @Setting(
                value = Kind.PATH,
                text = "A path: segments are literal or {name}; a last segment ** stands for any rest.")
        ConfigValue path();

        @Setting(
                value = Kind.REGEX,
                text = "In place of path: a regular expression (RE2) that the whole path must match.")
        ConfigValue pathRegex();

        @Setting(value = Kind.METHOD, text = "The request methods; any when left out. GET takes HEAD along.")
        List<Item> methods();

        @Setting(value = Kind.GROUP, text = "What header fields the request must have, all of them.")
        List<FieldSection> headers();

        @Setting(value = Kind.GROUP, text = "What query parameters the request must have, all of them.")
        List<FieldSection> query();
    }

    /** A header field or query parameter; without value and regex it need only be there. */
    interface FieldSection extends Item {

        @Setting(value = Kind.TEXT, text = "Its name.", required = true)
        ConfigValue name();

        @Setting(value = Kind.TEXT, text = "Its value, exactly.")
        ConfigValue value();

        @Setting(value = Kind.REGEX, text = "A regular expression (RE2) that the whole value must match.")
        ConfigValue regex();
    }

    /** What is changed before a request is sent on. */
    interface RewriteSection extends Item {

        @Setting(value = Kind.PATH, text = "The path sent upstream; {name} and ** carry over what they matched.")
        ConfigValue path();

        @Setting(
                value = Kind.HOST,
                text = "The host sent upstream, with a port or without; the client's when left out.")
        ConfigValue host();
    }

    /** One upstream of a split. */
    interface BranchSection extends Item {

        @Setting(value = Kind.NAME, text = "The name of one of this tenant's upstreams.", required = true)
        ConfigValue upstream();

        @Setting(
                value = Kind.COUNT,
                text = "Its share, relative to the others'.",
                standard = "1",
                to = Branch.MAX_WEIGHT)
        ConfigValue weight();
    }

    /** Where copies of requests go. */
    interface MirrorSection extends Item {

        @Setting(
                value = Kind.NAME,
                text = "The name of one of this tenant's upstreams, none that the requests themselves go to.",
                required = true)
        ConfigValue upstream();

        @Setting(value = Kind.RATIO, text = "Which share of the requests is copied.", standard = "1")
        ConfigValue share();

        @Setting(
                value = Kind.SIZE,
                text = "The largest body of a request that is copied, up to 1M; it is held until it is complete.",
                standard = "64K")
        ConfigValue body();
    }

    /** What keeps requests at one upstream: one of the two. */
    interface StickySection extends Item {

        @Setting(value = Kind.HEADER, text = "Those with the same value of this cookie stay together.")
        ConfigValue cookie();

        @Setting(value = Kind.HEADER, text = "Those with the same value of this header field stay together.")
        ConfigValue header();
    }

    /** Where a client is sent; what is left out stays as the client asked for it. */
    interface RedirectSection extends Item {

        @Setting(value = Kind.SCHEME, text = "The scheme, http or https.")
        ConfigValue scheme();

        @Setting(value = Kind.HOST, text = "The host, without a port.")
        ConfigValue host();

        @Setting(value = Kind.COUNT, text = "The port; the scheme's own when left out.", from = 1, to = 65_535)
        ConfigValue port();

        @Setting(value = Kind.PATH, text = "The path; {name} and ** carry over what they matched.")
        ConfigValue path();

        @Setting(value = Kind.REDIRECT_STATUS, text = "The status.", standard = "302")
        ConfigValue status();
    }

    /** An answer that is always the same. */
    interface RespondSection extends Item {

        @Setting(value = Kind.COUNT, text = "The status.", required = true, from = 200, to = 599)
        ConfigValue status();

        @Setting(value = Kind.TEXT, text = "The media type of the body.", standard = "text/plain; charset=utf-8")
        ConfigValue contentType();

        @Setting(value = Kind.TEXT, text = "The body, in UTF-8 at most 16 KiB; none when left out.")
        ConfigValue body();
    }

    /** Which pages of other origins may read a route's answers; the gateway answers preflight requests. */
    interface CorsSection extends Item {

        @Setting(
                value = Kind.TEXT,
                text = "The origins, such as https://app.example.com or \"https://*.example.com\"; \"*\" for any.",
                required = true)
        List<Item> origins();

        @Setting(value = Kind.METHOD, text = "The methods a page may use; the route's, or else GET, HEAD, POST.")
        List<Item> methods();

        @Setting(value = Kind.HEADER, text = "The header fields a page may send; \"*\" for any.")
        List<Item> headers();

        @Setting(value = Kind.HEADER, text = "The header fields a page may read; \"*\" for any.")
        List<Item> expose();

        @Setting(
                value = Kind.FLAG,
                text = "Whether cookies and the like may be sent along; not together with any \"*\".",
                standard = "false")
        ConfigValue credentials();

        @Setting(value = Kind.DURATION, text = "How long a browser may remember; it decides when left out.")
        ConfigValue maxAge();
    }

    /** Changes to header fields. No name may stand in two of them, and none that the gateway or the connection needs. */
    interface HeaderEditSection extends Item {

        @Setting(value = Kind.TEXT, text = "Fields with the one value they get, whatever was there.")
        Map<String, ConfigValue> set();

        @Setting(value = Kind.TEXT, text = "Fields with a value that they get beside what is there.")
        Map<String, ConfigValue> add();

        @Setting(value = Kind.HEADER, text = "Fields that are taken away.")
        List<Item> remove();
    }
}
