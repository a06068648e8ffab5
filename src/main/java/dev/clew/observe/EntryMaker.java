package dev.clew.observe;

import dev.clew.config.gateway.AccessLogSettings;
import dev.clew.config.gateway.AccessLogSettings.ShownPath;
import dev.clew.config.gateway.LogField;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.MaskedHost;
import dev.clew.journal.MaskedPath;
import dev.clew.journal.Outcome;
import dev.clew.journal.Subject;
import dev.clew.journal.TraceIds;
import dev.clew.network.IpAddress;
import dev.clew.route.RequestTarget;
import dev.clew.tenant.TenantEntry;
import dev.clew.trace.context.StartedTrace;
import dev.clew.trace.context.TraceContext;
import org.jspecify.annotations.Nullable;

/** Makes plain data of an ended exchange, for the journal and the access log. Formats nothing of ordinary requests. */
final class EntryMaker {

    private static final int LONGEST_PATH = 1024;

    private final CircumstancesMaker circumstances;
    private final @Nullable ShownPath path;
    private final boolean network;

    /** @param settings those of the access log, which decide what is shown of the caller */
    EntryMaker(CircumstancesMaker circumstances, AccessLogSettings settings) {
        this.circumstances = circumstances;
        this.path = settings.path().orElse(null);
        this.network = settings.fields().contains(LogField.CLIENT_NETWORK);
    }

    /** @param startEpochNanos when the request head was complete, in nanoseconds since 1970 */
    JournalEntry make(
            Exchange exchange,
            RouteTelemetry telemetry,
            RequestOutcome outcome,
            long startEpochNanos,
            Kept.Decision decision) {
        boolean kept = decision.withCircumstances();
        return new JournalEntry(
                ids(exchange.trace()),
                telemetry.place(),
                subject(exchange, telemetry),
                outcome(exchange, outcome, startEpochNanos),
                decision.worth(),
                AttemptEntries.of(exchange, kept),
                kept ? circumstances.of(exchange, telemetry.methods(), outcome, decision.slowest()) : null);
    }

    private static TraceIds ids(StartedTrace trace) {
        TraceContext link = trace.link();
        return new TraceIds(
                trace.traceId(),
                trace.spanId(),
                trace.parentSpanId(),
                trace.sampled(),
                link == null ? null : link.traceId(),
                link == null ? null : link.parentSpanId());
    }

    private Subject subject(Exchange exchange, RouteTelemetry telemetry) {
        Methods methods = telemetry.methods();
        // A rejected head is not interpreted.
        boolean readable = exchange.head().fault() == null;
        String host = readable ? exchange.routing().host() : null;
        return new Subject(
                host == null ? null : shownHost(exchange, host),
                methods.name(methods.indexOf(exchange.request().method())),
                readable ? path(exchange) : null,
                SpanRecorder.protocol(exchange.request().version()),
                network ? network(exchange) : null);
    }

    /** Returns the host; masked, unless a tenant has it by name. */
    static String shownHost(Exchange exchange, String host) {
        TenantEntry tenant = exchange.tenant();
        return tenant != null && tenant.hasHost(host) ? host : MaskedHost.of(host);
    }

    /** Returns the path as it may be shown; by default masked, and only if no route matched. */
    private @Nullable String path(Exchange exchange) {
        ShownPath shown = path != null ? path : exchange.route() == null ? ShownPath.MASKED : ShownPath.NEVER;
        RequestTarget target = shown == ShownPath.NEVER ? null : exchange.head().target();
        if (target == null) {
            return null;
        }
        return shown == ShownPath.MASKED ? MaskedPath.of(target.path()) : SpanPairs.cut(target.path(), LONGEST_PATH);
    }

    private static @Nullable String network(Exchange exchange) {
        String client = exchange.caller().nearest();
        return client == null ? null : IpAddress.network(client);
    }

    static int status(RequestOutcome outcome) {
        return outcome.status() == 0 ? ErrorKind.CLIENT_GONE.status() : outcome.status();
    }

    private static Outcome outcome(Exchange exchange, RequestOutcome outcome, long startEpochNanos) {
        GatewayError failure = exchange.failure();
        return new Outcome(
                startEpochNanos,
                outcome.nanos() - exchange.startNanos(),
                status(outcome),
                failure == null ? null : failure.kind().code(),
                outcome.grpc() == null ? null : outcome.grpc().name(),
                outcome.kept(),
                AccessLog.requestBytes(exchange),
                AccessLog.responseBytes(exchange));
    }
}
