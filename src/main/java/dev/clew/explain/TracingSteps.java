package dev.clew.explain;

import dev.clew.explain.TrailStep.Step;
import dev.clew.route.RequestFacts;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.tracing.CallerTrust;
import dev.clew.tenant.tracing.Keep;
import dev.clew.tenant.tracing.Sampling;
import dev.clew.trace.context.HeaderLines;
import dev.clew.trace.context.Inbound;
import dev.clew.trace.context.InboundTrace;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explains a request's trace context and sampling, as far as both are known before the request is sent. */
final class TracingSteps {

    private static final HeaderLines<RequestFacts> LINES = (facts, name) -> {
        String value = facts.header(name.fieldName());
        return value == null ? List.of() : List.of(value);
    };

    private TracingSteps() {}

    static TrailStep trust(Tenant tenant, ExplainedRequest request, Propagators propagators) {
        CallerTrust trust = tenant.tracing().trust();
        Inbound inbound = InboundTrace.read(request.facts(), LINES, propagators);
        String networks = trust.dependsOnPeer()
                ? "; preserve for callers from "
                        + Amounts.count(trust.trustedCallers().networks().size(), "trusted network")
                : "";
        return TrailStep.of(Step.TRACE, trust.inbound().token(), taken(trust.inbound(), inbound) + networks);
    }

    private static String taken(InboundTrust trust, Inbound inbound) {
        if (inbound instanceof Inbound.Invalid invalid) {
            return "the caller's trace context is malformed (" + reason(invalid) + "): a new trace begins";
        }
        if (!(inbound instanceof Inbound.Valid valid)) {
            return "the request has no trace context: a new trace begins";
        }
        return switch (trust) {
            case PRESERVE ->
                "the caller's trace ID and decision ("
                        + valid.decision().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ") are taken";
            case PRESERVE_ID -> "the caller's trace ID is taken, its decision about sampling is not";
            case RESTART -> "the caller's context becomes a span link: a new trace begins";
        };
    }

    private static String reason(Inbound.Invalid invalid) {
        return invalid.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** @param route null for the tenant's own rule */
    static TrailStep sampling(Tenant tenant, @Nullable Route route) {
        Sampling own = route == null ? null : route.sampling();
        Sampling sampling = own == null ? tenant.tracing().sampling() : own;
        String bound = sampling.perSecond() == Sampling.UNBOUNDED
                ? ""
                : ", at most " + Amounts.count(sampling.perSecond(), "trace") + " per second";
        return TrailStep.of(
                Step.SAMPLING,
                verdict(sampling.sampler()) + bound,
                (own == null ? "the tenant's rule" : "the route's rule")
                        + kept(tenant.tracing().keep()));
    }

    private static String verdict(Sampler sampler) {
        if (sampler instanceof Sampler.ParentBased parentBased) {
            return "a trusted caller's decision, else " + verdict(parentBased.root());
        }
        if (sampler instanceof Sampler.TraceIdRatio ratio) {
            return ratio.ratio() + " of traces";
        }
        return sampler instanceof Sampler.AlwaysOff ? "no trace" : "all traces";
    }

    private static String kept(Keep keep) {
        String errors = keep.errors() ? "failed requests" : "";
        String slow = keep.slowerThanNanos() == Keep.NEVER
                ? ""
                : "requests slower than " + Amounts.of(Duration.ofNanos(keep.slowerThanNanos()));
        String both = errors + (errors.isEmpty() || slow.isEmpty() ? "" : " and ") + slow;
        return both.isEmpty() ? "" : "; " + both + " are kept in any case";
    }
}
