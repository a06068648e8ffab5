package dev.clew.observe;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.EpochClock;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.Tenants;
import dev.clew.trace.context.TraceResponse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Records every ended request, whatever its outcome: its spans, its metrics and one line in the access log. Called
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

    /** @param clock that of all spans of the process */
    public RequestRecord(
            Telemetry telemetry, Tenants tenants, GatewaySettings settings, MeterRegistry meters, EpochClock clock) {
        this(telemetry, tenants, settings, meters, clock, AccessLog.toLog(telemetry.logExport()));
    }

    /** Returns a record whose access-log lines are discarded. */
    public static RequestRecord unlogged(
            Telemetry telemetry, Tenants tenants, GatewaySettings settings, MeterRegistry meters) {
        return new RequestRecord(telemetry, tenants, settings, meters, new EpochClock(), AccessLog.discarded());
    }

    private RequestRecord(
            Telemetry telemetry,
            Tenants tenants,
            GatewaySettings settings,
            MeterRegistry meters,
            EpochClock clock,
            AccessLog accessLog) {
        this.accessLog = accessLog;
        this.telemetry = telemetry;
        this.clock = clock;
        this.spans = new SpanRecorder(clock);
        this.mirrorRecord = new MirrorRecord(telemetry, spans, started);
        this.keepBudgets = new KeepBudgets(settings.tenantDefaults().tracing().keep(), meters);
        this.logs = settings.accessLog();
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
        if (exported) {
            spans.record(exchange, route, outcome);
        }
        count(exchange, route, outcome.status(), endNanos, exported);
        if (logs) {
            accessLog.write(exchange, route, outcome, clock.epochNanosAt(exchange.startNanos()));
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
