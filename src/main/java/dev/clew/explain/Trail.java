package dev.clew.explain;

import dev.clew.explain.TrailStep.Step;
import dev.clew.journal.AttemptEntry;
import dev.clew.journal.Circumstances;
import dev.clew.journal.Circumstances.Decision;
import dev.clew.journal.Circumstances.LimitUse;
import dev.clew.journal.Circumstances.TraceFacts;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Worth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decision trail of an ended request, made when somebody reads it. */
public final class Trail {

    /** Limits are named from this share of their use on. */
    private static final int NEAR_PERCENT = 80;

    private static final int PERCENT = 100;

    private Trail() {}

    /** Returns the steps in the order in which they were decided; for an ordinary request the few that are known. */
    public static List<TrailStep> of(JournalEntry entry) {
        List<TrailStep> steps = new ArrayList<>();
        Circumstances circumstances = entry.circumstances();
        if (entry.ids().traceId().isEmpty()) {
            // A failed TLS handshake: there was no request.
            return List.of(
                    TrailStep.of(Step.ACCESS, String.valueOf(entry.outcome().error()), Story.of(entry)));
        }
        if (circumstances == null) {
            addNames(entry, steps);
        } else {
            addDecisions(entry, circumstances, steps);
        }
        steps.addAll(AttemptSteps.of(entry));
        if (circumstances != null && circumstances.mirror() != null) {
            steps.add(TrailStep.of(Step.MIRROR, circumstances.mirror(), ""));
        }
        steps.add(end(entry, circumstances));
        return steps;
    }

    /** Adds what is known of an ordinary request. */
    private static void addNames(JournalEntry entry, List<TrailStep> steps) {
        String tenant = entry.place().tenant();
        String route = entry.place().route();
        steps.add(TrailStep.of(Step.TENANT, tenant.isEmpty() ? "none" : tenant, ""));
        steps.add(TrailStep.of(
                Step.ROUTE, route.isEmpty() ? "none" : route, entry.place().template()));
        steps.add(TrailStep.of(Step.SAMPLING, entry.ids().sampled() ? "sampled" : "not sampled", ""));
    }

    private static void addDecisions(JournalEntry entry, Circumstances circumstances, List<TrailStep> steps) {
        for (Decision decision : circumstances.routing()) {
            Step step = decision.subject().equals(Step.TENANT.token()) ? Step.TENANT : Step.ROUTE;
            steps.add(TrailStep.of(step, decision.verdict(), decision.why()));
        }
        steps.add(trace(entry, circumstances.trace()));
        steps.add(sampling(entry, circumstances.trace()));
        steps.addAll(policies(entry, circumstances));
    }

    private static TrailStep trace(JournalEntry entry, TraceFacts trace) {
        String linked = entry.ids().linkedTraceId();
        if (linked != null) {
            return TrailStep.of(
                    Step.TRACE, "restarted", trace.trust() + ": the caller's trace " + linked + " became a link");
        }
        if (!entry.ids().parentSpanId().isEmpty()) {
            return TrailStep.of(Step.TRACE, "continued", trace.trust() + ": the caller's trace ID was taken");
        }
        return TrailStep.of(
                Step.TRACE,
                "new trace",
                switch (trace.caller()) {
                    case "none" -> "the caller sent no trace context";
                    case "decision-only" -> "the caller sent a sampling decision and no trace ID";
                    default -> "the caller's trace context is malformed: " + trace.caller();
                });
    }

    private static TrailStep sampling(JournalEntry entry, TraceFacts trace) {
        String kept = entry.outcome().kept();
        String verdict = entry.ids().sampled() ? "sampled" : kept == null ? "not sampled" : "kept: " + kept;
        String by =
                switch (trace.samplerOf()) {
                    case "caller" -> "the caller's decision, which is trusted";
                    case "token" -> "a token forced the trace";
                    default -> "the " + trace.samplerOf() + "'s sampler, " + trace.sampler();
                };
        String sent = trace.callerDecision();
        String ignored = sent == null || trace.samplerOf().equals("caller")
                ? ""
                : "; the caller's decision (" + sent + ") does not count";
        return TrailStep.of(Step.SAMPLING, verdict, by + ignored);
    }

    /** Returns the limits that were near or hit, and the results of access rules and authentication. */
    private static List<TrailStep> policies(JournalEntry entry, Circumstances circumstances) {
        List<TrailStep> steps = new ArrayList<>();
        String error = entry.outcome().error();
        Step rejecting = error == null ? null : ErrorSteps.of(error);
        String why = circumstances.detail() == null ? "" : circumstances.detail();
        if (rejecting == Step.ACCESS && error != null) {
            steps.add(TrailStep.of(Step.ACCESS, error, why));
        }
        LimitUse limits = circumstances.limits();
        String use = limits == null ? "" : use(limits);
        if (rejecting == Step.LIMITS && error != null) {
            steps.add(TrailStep.of(Step.LIMITS, error, use.isEmpty() ? why : use));
        } else if (!use.isEmpty()) {
            steps.add(TrailStep.of(Step.LIMITS, "near", use));
        }
        if (rejecting == Step.AUTHENTICATION && error != null) {
            steps.add(TrailStep.of(Step.AUTHENTICATION, error, why));
        } else if (circumstances.identity() != null) {
            steps.add(TrailStep.of(Step.AUTHENTICATION, "accepted", circumstances.identity()));
        }
        return steps;
    }

    private static String use(LimitUse limits) {
        List<String> near = new ArrayList<>();
        if (isNear(limits.concurrent(), limits.concurrentBound())) {
            near.add(limits.concurrent() + " of " + limits.concurrentBound() + " concurrent requests");
        }
        if (isNear(limits.rateBound() - limits.rateLeft(), limits.rateBound())) {
            near.add(limits.rateLeft() + " of a burst of " + limits.rateBound() + " requests left");
        }
        return String.join("; ", near);
    }

    private static boolean isNear(int used, int bound) {
        return bound > 0 && (long) used * PERCENT >= (long) bound * NEAR_PERCENT;
    }

    private static TrailStep end(JournalEntry entry, @Nullable Circumstances circumstances) {
        String error = entry.outcome().error();
        StringBuilder why = new StringBuilder();
        if (circumstances != null) {
            why.append("ended by ").append(circumstances.endedBy().text());
        }
        if (error != null) {
            why.append(why.isEmpty() ? "" : ": ").append(error);
        }
        if (entry.worth() != Worth.ORDINARY) {
            why.append(why.isEmpty() ? "" : "; ")
                    .append("in the journal as ")
                    .append(entry.worth().token());
        }
        if (circumstances != null && circumstances.slowestOfMinute()) {
            why.append(", the slowest of its route and minute");
        }
        AttemptEntry last = entry.lastAttempt();
        int status = entry.outcome().status();
        String verdict = last != null && last.status() == status && error == null
                ? status + " from the upstream"
                : Integer.toString(status);
        return new TrailStep(Step.END, verdict, why.toString(), entry.outcome().durationNanos());
    }
}
