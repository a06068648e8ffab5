package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.tenant.Branch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which requests go where. */
interface RouteSettings {

    @Setting(
            value = Kind.NAME,
            text = "The route's name in spans, metrics and log lines; unique within the tenant.",
            required = true)
    Optional<String> name();

    @Setting(value = Kind.GROUP, text = "Which requests take this route.", required = true)
    MatchSettings match();

    @Setting(value = Kind.NAME, text = "Where requests are sent: the name of one of this tenant's upstreams.")
    Optional<String> upstream();

    @Setting(value = Kind.GROUP, text = "In place of upstream: several, each with its share of the requests.")
    List<BranchSettings> split();

    @Setting(
            value = Kind.GROUP,
            text = "What keeps requests at one upstream of a split; each is dealt out anew when left out.")
    StickySettings sticky();

    @Setting(
            value = Kind.GROUP,
            text = "Another upstream that gets copies of the requests; its answers are thrown away.")
    MirrorSettings mirror();

    @Setting(value = Kind.GROUP, text = "In place of upstream: where the client is sent.")
    RedirectSettings redirect();

    @Setting(value = Kind.GROUP, text = "In place of upstream: the answer to every request.")
    RespondSettings respond();

    @Setting(value = Kind.GROUP, text = "What is changed before the request is sent on.")
    RewriteSettings rewrite();

    @Setting(value = Kind.GROUP, text = "What is changed in the header of requests that are sent on.")
    HeaderEditSettings requestHeaders();

    @Setting(value = Kind.GROUP, text = "What is changed in the header of answers; the gateway's errors stay.")
    HeaderEditSettings responseHeaders();

    @Setting(
            value = Kind.GROUP,
            text = "Which pages of other origins may read the answers; the upstream says when left out.")
    CorsSettings cors();

    @Setting(value = Kind.GROUP, text = "How requests that take this route are traced.")
    RouteTracingSettings tracing();

    /** How requests of one route are traced, where other than the tenant's. */
    interface RouteTracingSettings {

        @Setting(value = Kind.GROUP, text = "In place of the tenant's sampling; what is left out is the tenant's.")
        TracingSettings.SamplingSettings sampling();
    }

    /** Which requests take a route. */
    interface MatchSettings {

        @Setting(
                value = Kind.PATH,
                text = "A path: segments are literal or {name}; a last segment ** stands for any rest.")
        Optional<String> path();

        @Setting(
                value = Kind.REGEX,
                text = "In place of path: a regular expression (RE2) that the whole path must match.")
        Optional<String> pathRegex();

        @Setting(value = Kind.METHOD, text = "The request methods; any when left out. GET takes HEAD along.")
        Optional<List<String>> methods();

        @Setting(value = Kind.GROUP, text = "What header fields the request must have, all of them.")
        List<FieldSettings> headers();

        @Setting(value = Kind.GROUP, text = "What query parameters the request must have, all of them.")
        List<FieldSettings> query();
    }

    /** A header field or query parameter; without value and regex it need only be there. */
    interface FieldSettings {

        @Setting(value = Kind.TEXT, text = "Its name.", required = true)
        Optional<String> name();

        @Setting(value = Kind.TEXT, text = "Its value, exactly.")
        Optional<String> value();

        @Setting(value = Kind.REGEX, text = "A regular expression (RE2) that the whole value must match.")
        Optional<String> regex();
    }

    /** What is changed before a request is sent on. */
    interface RewriteSettings {

        @Setting(value = Kind.PATH, text = "The path sent upstream; {name} and ** carry over what they matched.")
        Optional<String> path();

        @Setting(
                value = Kind.HOST,
                text = "The host sent upstream, with a port or without; the client's when left out.")
        Optional<String> host();
    }

    /** One upstream of a split. */
    interface BranchSettings {

        @Setting(value = Kind.NAME, text = "The name of one of this tenant's upstreams.", required = true)
        Optional<String> upstream();

        @Setting(
                value = Kind.COUNT,
                text = "Its share, relative to the others'.",
                standard = "1",
                to = Branch.MAX_WEIGHT)
        Optional<String> weight();
    }

    /** Where copies of requests go. */
    interface MirrorSettings {

        @Setting(
                value = Kind.NAME,
                text = "The name of one of this tenant's upstreams, none that the requests themselves go to.",
                required = true)
        Optional<String> upstream();

        @Setting(value = Kind.RATIO, text = "Which share of the requests is copied.", standard = "1")
        Optional<String> share();

        @Setting(
                value = Kind.SIZE,
                text = "The largest body of a request that is copied, up to 1M; it is held until it is complete.",
                standard = "64K")
        Optional<String> body();
    }

    /** What keeps requests at one upstream: one of the two. */
    interface StickySettings {

        @Setting(value = Kind.HEADER, text = "Those with the same value of this cookie stay together.")
        Optional<String> cookie();

        @Setting(value = Kind.HEADER, text = "Those with the same value of this header field stay together.")
        Optional<String> header();
    }

    /** Where a client is sent; what is left out stays as the client asked for it. */
    interface RedirectSettings {

        @Setting(value = Kind.SCHEME, text = "The scheme, http or https.")
        Optional<String> scheme();

        @Setting(value = Kind.HOST, text = "The host, without a port.")
        Optional<String> host();

        @Setting(value = Kind.COUNT, text = "The port; the scheme's own when left out.", from = 1, to = 65_535)
        Optional<String> port();

        @Setting(value = Kind.PATH, text = "The path; {name} and ** carry over what they matched.")
        Optional<String> path();

        @Setting(value = Kind.REDIRECT_STATUS, text = "The status.", standard = "302")
        Optional<String> status();
    }

    /** An answer that is always the same. */
    interface RespondSettings {

        @Setting(value = Kind.COUNT, text = "The status.", required = true, from = 200, to = 599)
        Optional<String> status();

        @Setting(value = Kind.TEXT, text = "The media type of the body.", standard = "text/plain; charset=utf-8")
        Optional<String> contentType();

        @Setting(value = Kind.TEXT, text = "The body, in UTF-8 at most 16 KiB; none when left out.")
        Optional<String> body();
    }

    /** Which pages of other origins may read a route's answers; the gateway answers preflight requests. */
    interface CorsSettings {

        @Setting(
                value = Kind.TEXT,
                text = "The origins, such as https://app.example.com or \"https://*.example.com\"; \"*\" for any.",
                required = true)
        Optional<List<String>> origins();

        @Setting(value = Kind.METHOD, text = "The methods a page may use; the route's, or else GET, HEAD, POST.")
        Optional<List<String>> methods();

        @Setting(value = Kind.HEADER, text = "The header fields a page may send; \"*\" for any.")
        Optional<List<String>> headers();

        @Setting(value = Kind.HEADER, text = "The header fields a page may read; \"*\" for any.")
        Optional<List<String>> expose();

        @Setting(
                value = Kind.FLAG,
                text = "Whether cookies and the like may be sent along; not together with any \"*\".",
                standard = "false")
        Optional<String> credentials();

        @Setting(value = Kind.DURATION, text = "How long a browser may remember; it decides when left out.")
        Optional<String> maxAge();
    }

    /** Changes to header fields. No name may stand in two of them, and none that the gateway or the connection needs. */
    interface HeaderEditSettings {

        @Setting(value = Kind.TEXT, text = "Fields with the one value they get, whatever was there.")
        Map<String, String> set();

        @Setting(value = Kind.TEXT, text = "Fields with a value that they get beside what is there.")
        Map<String, String> add();

        @Setting(value = Kind.HEADER, text = "Fields that are taken away.")
        Optional<List<String>> remove();
    }
}
