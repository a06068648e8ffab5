package dev.clew.observe;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.EpochClock;
import dev.clew.exchange.Exchange;
import dev.clew.journal.JournalEntry;
import dev.clew.tenant.Tenants;
import dev.clew.trace.context.TraceResponse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Records every ended request, whatever its outcome: its spans, its metrics, its entry in
 * the journal and one line in the access log. Called
 * exactly once for each exchange.
 */
public final class RequestRecord {

    private static final Logger LOG = Logger.getLogger(RequestRecord.class);

    private final Telemetry telemetry;
    private final SpanRecorder spans;
    private final AccessLog accessLog;
    private final EpochClock clock;
    private final boolean logs;
    private final LongAdder started = new LongAdder();
    private final MirrorRecord mirrorRecord;
    private final KeepBudgets keepBudgets;
    private final RequestJournal journal;

    /** @param clock that of all spans of the process */
    public RequestRecord(
            Telemetry telemetry,
            Tenants tenants,
            GatewaySettings settings,
            MeterRegistry meters,
            EpochClock clock,
            RequestJournal journal) {
        this(
                telemetry,
                tenants,
                new Settings(settings, AccessLog.toLog(settings.accessLog(), telemetry.logExport())),
                meters,
                clock,
                journal);
    }

    /** The settings, and the log that follows from them. */
    private record Settings(GatewaySettings gateway, AccessLog log) {}

    /** Returns a record whose access-log lines are discarded. */
    public static RequestRecord unlogged(
            Telemetry telemetry,
            Tenants tenants,
            GatewaySettings settings,
            MeterRegistry meters,
            RequestJournal journal) {
        Settings discarding = new Settings(settings, AccessLog.discarded(settings.accessLog()));
        return new RequestRecord(telemetry, tenants, discarding, meters, new EpochClock(), journal);
    }

    private RequestRecord(
            Telemetry telemetry,
            Tenants tenants,
            Settings settings,
            MeterRegistry meters,
            EpochClock clock,
            RequestJournal journal) {
        this.accessLog = settings.log;
        this.journal = journal;
        this.telemetry = telemetry;
        this.clock = clock;
        this.spans = new SpanRecorder(clock);
        this.mirrorRecord = new MirrorRecord(telemetry, spans, started);
        this.keepBudgets =
                new KeepBudgets(settings.gateway.tenantDefaults().tracing().keep(), meters);
        this.logs = settings.gateway.accessLog().enabled();
        Gauge.builder("clew.requests.active", tenants, Tenants::active)
                .description("Requests in the gateway now")
                .register(meters);
        FunctionCounter.builder("clew.spans.started", started, LongAdder::sum)
                .description("Spans of requests, attempts and mirrored requests, sampled or not")
                .register(meters);
    }

    /** Returns the record of mirrored requests. */
    public MirrorRecord mirrorRecord() {
        return mirrorRecord;
    }

    /** Never throws: Vert.x calls it while it ends the response, and would leave the connection open. */
    public void ended(Exchange exchange) {
        try {
            if (!exchange.response().ended()) {
                exchange.lifetime().abort();
                exchange.failed(GatewayError.of(ErrorKind.CLIENT_GONE, "The client closed the connection."));
            }
            record(exchange, System.nanoTime());
        } catch (RuntimeException e) {
            Exemplars.end();
            LOG.error("a request could not be recorded", e);
        }
    }

    private void record(Exchange exchange, long endNanos) {
        RouteTelemetry route = telemetry.of(exchange);
        RequestOutcome outcome = keepBudgets.within(exchange, RequestOutcome.of(exchange, route.keep(), endNanos));
        started.add(1 + exchange.attempts().size());
        boolean exported = exchange.trace().sampled() || outcome.kept() != null;
        boolean unmatched = exchange.route() == null;
        JournalEntry entry = logs || journal.isEnabled() || exported && unmatched
                ? journal.record(exchange, route, outcome, clock.epochNanosAt(exchange.startNanos()))
                : null;
        if (exported) {
            spans.record(exchange, route, outcome, unmatched ? entry : null);
        }
        count(exchange, route, outcome.status(), endNanos, exported);
        if (logs && entry != null) {
            accessLog.write(exchange, route, outcome, entry);
        }
    }

    /** @param exported true if the request's spans are exported, so that they may be exemplars */
    private static void count(Exchange exchange, RouteTelemetry route, int status, long endNanos, boolean exported) {
        GatewayError failure = exchange.failure();
        if (exported) {
            Exemplars.begin(exchange.trace().traceId(), exchange.trace().spanId());
        }
        route.requestTimer(status, failure == null ? null : failure.kind())
                .record(endNanos - exchange.startNanos(), TimeUnit.NANOSECONDS);
        for (int i = 0; i < exchange.attempts().size(); i++) {
            AttemptRecord attempt = exchange.attempts().get(i);
            if (exported) {
                Exemplars.begin(exchange.trace().traceId(), attempt.spanId());
            }
            route.attemptTimer(attempt.status(), attempt.error())
                    .record(attempt.endNanos() - attempt.startNanos(), TimeUnit.NANOSECONDS);
            TraceResponse response = attempt.traceResponse();
            if (response != null) {
                route.traceResponses().count(response);
            }
        }
        if (exported) {
            Exemplars.end();
        }
    }
}
