package dev.clew.observe;

import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.PropagationHeaders;
import dev.clew.exchange.RoutingResult;
import dev.clew.explain.ExplainedRequest;
import dev.clew.explain.RoutingExplanation;
import dev.clew.explain.TrailStep;
import dev.clew.journal.Circumstances;
import dev.clew.journal.Circumstances.Decision;
import dev.clew.journal.Circumstances.EndedBy;
import dev.clew.journal.Circumstances.LimitUse;
import dev.clew.journal.Circumstances.TraceFacts;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.TenantShare;
import dev.clew.tenant.route.Route;
import dev.clew.trace.context.Inbound;
import dev.clew.trace.context.InboundTrace;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.Sampler;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gathers the circumstances of a kept request at its end, while its snapshot and header fields are at hand. */
final class CircumstancesMaker {

    private static final int LONGEST_DETAIL = 200;

    private final Propagators propagators;

    CircumstancesMaker(Propagators propagators) {
        this.propagators = propagators;
    }

    Circumstances of(Exchange exchange, Methods methods, RequestOutcome outcome, boolean slowest) {
        GatewayError failure = exchange.failure();
        TenantEntry tenant = exchange.tenant();
        String detail = failure == null ? null : failure.detail();
        return new Circumstances(
                routing(exchange, methods),
                trace(exchange),
                tenant == null ? null : limits(tenant.share(), outcome.nanos()),
                exchange.identity() == null
                        ? null
                        : exchange.identity().scheme().name(),
                detail == null ? null : SpanPairs.cut(detail, LONGEST_DETAIL),
                exchange.mirrorFate(),
                endedBy(exchange, failure),
                slowest);
    }

    /** Names no method that only the client knows: it might be a secret. */
    private static List<Decision> routing(Exchange exchange, Methods methods) {
        RoutingResult routing = exchange.routing();
        HttpMethod method = exchange.request().method();
        String named = exchange.route() == null ? methods.name(methods.indexOf(method)) : method.name();
        String host = routing.host();
        String shown = host == null ? "" : EntryMaker.shownHost(exchange, host);
        var request = new ExplainedRequest(host, named, routing.path(), exchange.facts());
        List<Decision> decisions = new ArrayList<>();
        for (TrailStep step : RoutingExplanation.routing(exchange.snapshot(), request)) {
            String why =
                    host == null || shown.equals(host) ? step.why() : step.why().replace(host, shown);
            decisions.add(new Decision(step.step().token(), step.verdict(), why));
        }
        return decisions;
    }

    private TraceFacts trace(Exchange exchange) {
        Inbound inbound = InboundTrace.read(exchange.request().headers(), PropagationHeaders.LINES, propagators);
        String caller = "none";
        String decision = null;
        if (inbound instanceof Inbound.Valid valid) {
            caller = "valid";
            decision = words(valid.decision());
        } else if (inbound instanceof Inbound.DecisionOnly alone) {
            caller = "decision-only";
            decision = words(alone.decision());
        } else if (inbound instanceof Inbound.Invalid invalid) {
            caller = words(invalid.reason());
        }
        InboundTrust trust = exchange.trace().trust();
        Sampler sampler = sampler(exchange);
        boolean followed = trust == InboundTrust.PRESERVE && decision != null && sampler instanceof Sampler.ParentBased;
        return new TraceFacts(
                trust.token(), caller, decision, SamplerText.of(sampler), followed ? "caller" : owner(exchange));
    }

    private static Sampler sampler(Exchange exchange) {
        TenantEntry tenant = exchange.tenant();
        return tenant == null ? Sampler.DEFAULT : tenant.sampler(exchange.route());
    }

    private static String owner(Exchange exchange) {
        if (exchange.isForced()) {
            return "token";
        }
        if (exchange.tenant() == null) {
            return "gateway";
        }
        Route route = exchange.route();
        return route != null && route.sampling() != null ? "route" : "tenant";
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static LimitUse limits(TenantShare share, long nanoTime) {
        Limits limits = share.limits();
        boolean rated = limits.rate().isLimited();
        return new LimitUse(
                share.underWay(),
                limits.concurrentRequests() == Limits.UNLIMITED ? Circumstances.NO_BOUND : limits.concurrentRequests(),
                rated ? share.tokensLeft(nanoTime) : 0,
                rated ? limits.rate().burst() : Circumstances.NO_BOUND);
    }

    private static EndedBy endedBy(Exchange exchange, @Nullable GatewayError failure) {
        if (failure == null) {
            return exchange.attempts().isEmpty() ? EndedBy.GATEWAY : EndedBy.UPSTREAM;
        }
        return switch (failure.kind()) {
            case CLIENT_GONE -> EndedBy.CLIENT;
            case UPSTREAM_RESET, UPSTREAM_INVALID, UPSTREAM_UNREACHABLE -> EndedBy.UPSTREAM;
            default -> EndedBy.GATEWAY;
        };
    }
}
