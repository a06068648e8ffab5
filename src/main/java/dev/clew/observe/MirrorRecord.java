package dev.clew.observe;

import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.route.Mirror;
import dev.clew.trace.context.TraceResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/** The end of every copy of a request, which may be after the request's own: its span and its metrics. */
public final class MirrorRecord {

    private static final Logger LOG = Logger.getLogger(MirrorRecord.class);

    private final Telemetry telemetry;
    private final SpanRecorder spans;
    private final LongAdder started;

    /** @param started counts spans, chosen for export or not */
    MirrorRecord(Telemetry telemetry, SpanRecorder spans, LongAdder started) {
        this.telemetry = telemetry;
        this.spans = spans;
        this.started = started;
    }

    /** Called exactly once for each copy. Never throws: a copy has places to give back. */
    public void ended(Exchange exchange, Mirror mirror, AttemptRecord copy) {
        try {
            RouteTelemetry route = telemetry.of(mirror);
            started.increment();
            if (exchange.trace().sampled()) {
                spans.record(exchange, route, copy);
            }
            route.attemptTimer(copy.status(), copy.error())
                    .record(copy.endNanos() - copy.startNanos(), TimeUnit.NANOSECONDS);
            TraceResponse answer = copy.traceAnswer();
            if (answer != null) {
                route.traceAnswers().count(answer);
            }
        } catch (RuntimeException e) {
            LOG.error("a copy's end could not be recorded", e);
        }
    }

    /** A request that was to be copied was not. Never throws: the request goes on. */
    public void skipped(Mirror mirror, MirrorSkip reason) {
        try {
            telemetry.of(mirror).mirrorSkips().count(reason);
        } catch (RuntimeException e) {
            LOG.error("a request without its copy could not be counted", e);
        }
    }
}
