package dev.clew.explain;

import dev.clew.explain.TrailStep.Step;
import dev.clew.journal.AttemptEntry;
import dev.clew.journal.JournalEntry;
import dev.clew.trace.context.TraceResponse;
import java.util.ArrayList;
import java.util.List;

/** Explains the attempts of a request, and why each was followed by another or not. */
final class AttemptSteps {

    private AttemptSteps() {}

    static List<TrailStep> of(JournalEntry entry) {
        List<TrailStep> steps = new ArrayList<>();
        List<AttemptEntry> attempts = entry.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            AttemptEntry attempt = attempts.get(i);
            steps.add(attempt(attempt));
            if (attempt.probe()) {
                steps.add(TrailStep.of(Step.CIRCUIT, "half-open", "the attempt was a probe of the upstream"));
            }
            if (i + 1 < attempts.size()) {
                steps.add(retried(attempt, attempts.get(i + 1)));
            } else if (attempt.noRetry() != null) {
                steps.add(TrailStep.of(Step.RETRY, "no retry", attempt.noRetry()));
            }
        }
        if ("circuit-open".equals(entry.outcome().error())) {
            steps.add(TrailStep.of(Step.CIRCUIT, "open", "the upstream is failing and gets no requests"));
        }
        return steps;
    }

    private static TrailStep attempt(AttemptEntry attempt) {
        List<String> why = new ArrayList<>();
        if (attempt.choice() != null) {
            why.add("chosen by " + attempt.choice());
        }
        AttemptEntry.Times times = attempt.times();
        switch (attempt.connection()) {
            case NEW -> why.add("new connection");
            case REUSED -> why.add("reused connection");
            case NONE -> why.add("no connection");
            case UNKNOWN -> {}
        }
        add(why, "DNS", times.dns());
        add(why, "connected in", times.connect());
        add(why, "TLS in", times.tls());
        add(why, "response head after", times.firstByte());
        add(why, "ended after", times.total());
        if (attempt.traceResponse() == TraceResponse.CONTRADICTED) {
            why.add("the response names another trace: the service breaks the chain");
        }
        String result = attempt.error() != null ? attempt.error() : "status " + attempt.status();
        return new TrailStep(Step.ATTEMPT, attempt.endpoint() + ": " + result, String.join(", ", why), times.start());
    }

    private static void add(List<String> texts, String name, long nanos) {
        if (nanos != AttemptEntry.NONE) {
            texts.add(name + " " + Millis.text(nanos));
        }
    }

    private static TrailStep retried(AttemptEntry failed, AttemptEntry next) {
        String reason = failed.error() != null ? failed.error() : "status " + failed.status();
        return new TrailStep(Step.RETRY, "retried", reason, next.times().start());
    }
}
