package dev.clew.config;

import dev.clew.action.Cors;
import dev.clew.action.FixedResponse;
import dev.clew.action.HeaderEdits;
import dev.clew.action.HeaderRules;
import dev.clew.action.Redirect;
import dev.clew.action.Responder;
import dev.clew.action.ResponseRules;
import dev.clew.config.RouteSettings.RedirectSettings;
import dev.clew.config.RouteSettings.RespondSettings;
import dev.clew.config.RouteSettings.RewriteSettings;
import dev.clew.route.PathMatch;
import dev.clew.route.PathPattern;
import dev.clew.route.Rewrite;
import dev.clew.route.RouteMatch;
import dev.clew.tenant.Action;
import dev.clew.tenant.HostName;
import dev.clew.tenant.Mirror;
import dev.clew.tenant.Split;
import dev.clew.tenant.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes what a route does of its mapping. */
final class ActionTranslation {

    private static final Function<String, String> SCHEME = Values.word(List.of("http", "https"), Function.identity());
    private static final Function<String, Integer> STATUS = Values.word(Redirect.STATUSES, String::valueOf);
    private static final int MAX_PORT = 65_535;

    private final Findings findings;
    private final Fields fields;
    private final HeaderTranslation headers;
    private final SplitTranslation splits;

    /** @param upstreams of the tenant, those that could be read */
    ActionTranslation(Findings findings, Fields fields, Map<String, Upstream> upstreams) {
        this.findings = findings;
        this.fields = fields;
        this.headers = new HeaderTranslation(findings, fields);
        this.splits = new SplitTranslation(findings, fields, upstreams);
    }

    /**
     * What is done with the requests; empty when that is wrong or missing.
     *
     * @param path of the route, where it could be read
     */
    Optional<Action> action(String key, RouteSettings settings, Optional<PathMatch> path) {
        List<String> said = List.of("upstream", "split", "redirect", "respond").stream()
                .filter(name -> findings.has(Keys.child(key, name)))
                .toList();
        if (said.size() > 1) {
            findings.problem(Keys.child(key, said.get(1)), "beside " + said.get(0) + " (expected: one of the two)");
            return Optional.empty();
        }
        return switch (said.isEmpty() ? "upstream" : said.get(0)) {
            case "redirect" -> answer(key, redirect(Keys.child(key, "redirect"), settings.redirect(), path));
            case "respond" -> answer(key, respond(Keys.child(key, "respond"), settings.respond()));
            default -> forward(key, settings, path);
        };
    }

    /** @param match of the route, where it could be read */
    ResponseRules response(String key, RouteSettings settings, Optional<RouteMatch> match) {
        HeaderEdits edits =
                headers.edits(Keys.child(key, "response-headers"), settings.responseHeaders(), HeaderEdits.NONE);
        String corsKey = Keys.child(key, "cors");
        Set<String> methods = match.map(RouteMatch::methods).orElse(Set.of());
        Cors cors = findings.has(corsKey)
                ? orNull(new CorsTranslation(findings, fields).cors(corsKey, settings.cors(), methods))
                : null;
        return edits.areNone() && cors == null ? ResponseRules.NONE : new ResponseRules(edits, cors);
    }

    private Optional<Action> forward(String key, RouteSettings settings, Optional<PathMatch> path) {
        Optional<Split> to = splits.split(key, settings);
        String rewriteKey = Keys.child(key, "rewrite");
        Optional<Rewrite> rewrite =
                rewrite(Keys.child(rewriteKey, "path"), settings.rewrite().path(), path);
        HeaderEdits edits = headers.edits(
                Keys.child(key, "request-headers"),
                settings.requestHeaders(),
                host(Keys.child(rewriteKey, "host"), settings.rewrite()));
        String mirrorKey = Keys.child(key, "mirror");
        Mirror mirror = splits.mirror(mirrorKey, settings.mirror());
        if (to.isEmpty() || rewrite.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Action.Forward(to.get(), rewrite.get(), edits, mirror));
        } catch (IllegalArgumentException refused) {
            findings.problem(
                    Keys.child(mirrorKey, "upstream"),
                    String.valueOf(refused.getMessage()).substring("mirror: ".length()));
            return Optional.empty();
        }
    }

    /** Without a path of its own to carry over from, a rewrite is checked as far as its syntax goes. */
    private Optional<Rewrite> rewrite(String key, Optional<String> written, Optional<PathMatch> path) {
        return written.isEmpty()
                ? path.map(from -> Rewrite.of(from, null))
                : fields.parse(key, written.get(), text -> {
                    PathPattern target = PathPattern.parse(text);
                    return Rewrite.of(path.orElse(target), target);
                });
    }

    private HeaderEdits host(String key, RewriteSettings settings) {
        return settings.host()
                .flatMap(text -> fields.parse(key, text, ActionTranslation::hostName))
                .map(host -> new HeaderEdits(Map.of("host", host), Map.of(), Set.of()))
                .orElse(HeaderEdits.NONE);
    }

    private Optional<Action> answer(String key, Optional<? extends Responder> responder) {
        for (String name : List.of("rewrite", "request-headers", "sticky", "mirror")) {
            if (findings.has(Keys.child(key, name))) {
                findings.problem(Keys.child(key, name), "without an upstream (expected: none, nothing is sent on)");
            }
        }
        return responder.map(Action.Answer::new);
    }

    private Optional<Redirect> redirect(String key, RedirectSettings settings, Optional<PathMatch> path) {
        String scheme =
                orNull(settings.scheme().flatMap(text -> fields.parse(Keys.child(key, "scheme"), text, SCHEME)));
        String host = orNull(settings.host()
                .flatMap(text -> fields.parse(Keys.child(key, "host"), text, ActionTranslation::bareHostName)));
        int port = fields.read(Keys.child(key, "port"), settings.port(), Values.count(1, MAX_PORT), 0);
        int status = fields.read(Keys.child(key, "status"), settings.status(), STATUS, Redirect.DEFAULT_STATUS);
        Optional<Rewrite> rewrite = rewrite(Keys.child(key, "path"), settings.path(), path);
        boolean elsewhere = settings.scheme().isPresent()
                || settings.host().isPresent()
                || settings.port().isPresent();
        if (!elsewhere && settings.path().isEmpty()) {
            findings.problem(key, "leads nowhere (expected: one of scheme, host, port, path)");
        }
        Redirect.Authority authority = elsewhere ? new Redirect.Authority(scheme, host, port) : null;
        return rewrite.map(to -> new Redirect(authority, to, status));
    }

    private Optional<FixedResponse> respond(String key, RespondSettings settings) {
        Optional<Integer> status = fields.require(Keys.child(key, "status"), settings.status(), Values.count(200, 599));
        String type = fields.read(
                Keys.child(key, "content-type"), settings.contentType(), HeaderRules::value, FixedResponse.PLAIN_TEXT);
        return status.flatMap(code -> settings.body().isEmpty()
                ? Optional.of(new FixedResponse(code, type, ""))
                : fields.parse(
                        Keys.child(key, "body"), settings.body().get(), text -> new FixedResponse(code, type, text)));
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.isPresent() ? value.get() : null;
    }

    /** With a port or without. */
    private static String hostName(String text) {
        if (HostName.normalise(text) == null) {
            throw new IllegalArgumentException("host: (expected: a host name or address, with a port or without)");
        }
        return text;
    }

    private static String bareHostName(String text) {
        String name = HostName.normalise(text);
        if (!text.equals(name)) {
            throw new IllegalArgumentException(
                    "host: (expected: a host name or address in lower case, without a port)");
        }
        return text;
    }
}
