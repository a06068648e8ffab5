package dev.clew.observe;

import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.route.Mirror;
import dev.clew.trace.context.TraceResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Records the end of each mirrored request, which may be after that of the request itself: its span and its metrics.
 */
public final class MirrorRecord {

    private static final Logger LOG = Logger.getLogger(MirrorRecord.class);

    private final Telemetry telemetry;
    private final SpanRecorder spans;
    private final LongAdder started;

    /** @param started counts spans, sampled or not */
    MirrorRecord(Telemetry telemetry, SpanRecorder spans, LongAdder started) {
        this.telemetry = telemetry;
        this.spans = spans;
        this.started = started;
    }

    /** Records a mirrored request. Called exactly once for each. Never throws: the mirror has permits to release. */
    public void ended(Exchange exchange, Mirror mirror, AttemptRecord attempt) {
        try {
            RouteTelemetry route = telemetry.of(mirror);
            started.increment();
            if (exchange.trace().sampled()) {
                spans.record(exchange, route, attempt);
            }
            route.attemptTimer(attempt.status(), attempt.error())
                    .record(attempt.endNanos() - attempt.startNanos(), TimeUnit.NANOSECONDS);
            TraceResponse response = attempt.traceResponse();
            if (response != null) {
                route.traceResponses().count(response);
            }
        } catch (RuntimeException e) {
            LOG.error("a mirrored request could not be recorded", e);
        }
    }

    /** Counts a request that was selected for the mirror but not sent to it. Never throws: the request continues. */
    public void skipped(Mirror mirror, MirrorSkip reason) {
        try {
            telemetry.of(mirror).mirrorSkips().count(reason);
        } catch (RuntimeException e) {
            LOG.error("a skipped mirror could not be counted", e);
        }
    }
}
