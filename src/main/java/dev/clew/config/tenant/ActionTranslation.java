package dev.clew.config.tenant;

import dev.clew.action.Cors;
import dev.clew.action.FixedResponse;
import dev.clew.action.HeaderEdits;
import dev.clew.action.HeaderRules;
import dev.clew.action.Redirect;
import dev.clew.action.Responder;
import dev.clew.action.ResponseRules;
import dev.clew.config.tenant.RouteSection.RedirectSection;
import dev.clew.config.tenant.RouteSection.RespondSection;
import dev.clew.config.tenant.RouteSection.RewriteSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Keys;
import dev.clew.config.yaml.Values;
import dev.clew.route.PathMatch;
import dev.clew.route.PathPattern;
import dev.clew.route.Rewrite;
import dev.clew.route.RouteMatch;
import dev.clew.tenant.host.HostName;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Mirror;
import dev.clew.tenant.route.Split;
import dev.clew.tenant.upstream.Upstream;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Translates the action and response rules of a route. */
final class ActionTranslation {

    private static final Function<String, String> SCHEME = Values.word(Redirect.SCHEMES, Function.identity());
    private static final Function<String, Integer> STATUS = Values.word(Redirect.STATUSES, String::valueOf);

    private final Findings findings;
    private final Fields fields;
    private final HeaderTranslation headers;
    private final SplitTranslation splits;

    /** @param upstreams the tenant's valid upstreams */
    ActionTranslation(Findings findings, Fields fields, Map<String, Upstream> upstreams) {
        this.findings = findings;
        this.fields = fields;
        this.headers = new HeaderTranslation(findings, fields);
        this.splits = new SplitTranslation(findings, fields, upstreams);
    }

    /**
     * Returns the route's action; empty when it is invalid or missing.
     *
     * @param path the route's, if valid
     */
    Optional<Action> action(RouteSection section, Optional<PathMatch> path) {
        String key = section.itself().getName();
        List<String> actions = List.of("upstream", "split", "redirect", "respond").stream()
                .filter(name -> findings.has(Keys.child(key, name)))
                .toList();
        if (actions.size() > 1) {
            findings.problem(
                    Keys.child(key, actions.get(1)), "beside " + actions.get(0) + " (expected: one of the two)");
            return Optional.empty();
        }
        return switch (actions.isEmpty() ? "upstream" : actions.get(0)) {
            case "redirect" -> withoutUpstream(section, redirect(section.redirect(), path));
            case "respond" -> withoutUpstream(section, respond(section.respond()));
            default -> forward(section, path);
        };
    }

    /** @param match the route's, if valid */
    ResponseRules response(RouteSection section, Optional<RouteMatch> match) {
        HeaderEdits edits = headers.edits(section.responseHeaders(), HeaderEdits.NONE);
        Set<String> methods = match.map(RouteMatch::methods).orElse(Set.of());
        Cors cors = findings.has(section.cors().itself())
                ? orNull(new CorsTranslation(findings, fields).cors(section.cors(), methods))
                : null;
        return edits.areNone() && cors == null ? ResponseRules.NONE : new ResponseRules(edits, cors);
    }

    private Optional<Action> forward(RouteSection section, Optional<PathMatch> path) {
        Optional<Split> to = splits.split(section);
        Optional<Rewrite> rewrite = rewrite(section.rewrite().path(), path);
        HeaderEdits edits = headers.edits(section.requestHeaders(), host(section.rewrite()));
        Mirror mirror = splits.mirror(section.mirror());
        if (to.isEmpty() || rewrite.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Action.Forward(to.get(), rewrite.get(), edits, mirror));
        } catch (IllegalArgumentException rejected) {
            findings.problem(
                    section.mirror().upstream(),
                    String.valueOf(rejected.getMessage()).substring("mirror: ".length()));
            return Optional.empty();
        }
    }

    /** Without a valid path of the route, checks the syntax of the rewrite only. */
    private Optional<Rewrite> rewrite(ConfigValue written, Optional<PathMatch> path) {
        return Fields.isSet(written)
                ? fields.parse(written, text -> {
                    PathPattern target = PathPattern.parse(text);
                    return Rewrite.of(path.orElse(target), target);
                })
                : path.map(from -> Rewrite.of(from, null));
    }

    private HeaderEdits host(RewriteSection section) {
        return fields.parse(section.host(), ActionTranslation::hostName)
                .map(host -> new HeaderEdits(Map.of("host", host), Map.of(), Set.of()))
                .orElse(HeaderEdits.NONE);
    }

    private Optional<Action> withoutUpstream(RouteSection section, Optional<? extends Responder> responder) {
        for (Item item : List.of(section.rewrite(), section.requestHeaders(), section.sticky(), section.mirror())) {
            if (findings.has(item.itself())) {
                findings.problem(item.itself(), "without an upstream (expected: none, nothing is forwarded)");
            }
        }
        return responder.map(Action.Respond::new);
    }

    private Optional<Redirect> redirect(RedirectSection section, Optional<PathMatch> path) {
        String scheme = fields.readOrNull(section.scheme(), SCHEME);
        String host = fields.readOrNull(section.host(), ActionTranslation::bareHostName);
        int port = fields.count(section.port(), 0);
        int status = fields.read(section.status(), STATUS, Redirect.DEFAULT_STATUS);
        Optional<Rewrite> rewrite = rewrite(section.path(), path);
        boolean elsewhere =
                Fields.isSet(section.scheme()) || Fields.isSet(section.host()) || Fields.isSet(section.port());
        if (!elsewhere && !Fields.isSet(section.path())) {
            findings.problem(section.itself(), "leads nowhere (expected: one of scheme, host, port, path)");
        }
        Redirect.Authority authority = elsewhere ? new Redirect.Authority(scheme, host, port) : null;
        return rewrite.map(to -> new Redirect(authority, to, status));
    }

    private Optional<FixedResponse> respond(RespondSection section) {
        Optional<Integer> status = fields.requireCount(section.status());
        String type = fields.read(section.contentType(), HeaderRules::value, FixedResponse.PLAIN_TEXT);
        return status.flatMap(code -> Fields.isSet(section.body())
                ? fields.parse(section.body(), text -> new FixedResponse(code, type, text))
                : Optional.of(new FixedResponse(code, type, "")));
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.isPresent() ? value.get() : null;
    }

    /** Checks a host, with an optional port. */
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
