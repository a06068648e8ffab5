package dev.clew.contract.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Received;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The spans of a trace at the telemetry backend, the earliest first. */
public record Trace(List<Received> spans) {

    /**
     * Waits for the SERVER span, then for the spans of one more request: spans leave the gateway in the order in which
     * requests end, so by then the trace is complete.
     *
     * @param fence sends that request and returns its trace ID
     */
    static Trace await(OtlpServer otlp, String traceId, Supplier<String> fence) {
        otlp.awaitSpan(span -> isServer(span) && traceId(span).equals(traceId));
        return present(otlp, traceId, fence);
    }

    /** As {@link #await}, for a trace that may have no spans. */
    public static Trace present(OtlpServer otlp, String traceId, Supplier<String> fence) {
        String behind = fence.get();
        otlp.awaitSpan(span -> !isServer(span) && traceId(span).equals(behind));
        return new Trace(otlp.spans().stream()
                .filter(span -> traceId(span).equals(traceId))
                .sorted(Comparator.comparingLong(received -> received.span().getStartTimeUnixNano()))
                .toList());
    }

    /** Returns the only SERVER span. */
    public Received server() {
        List<Received> servers = spans.stream().filter(Trace::isServer).toList();
        assertEquals(1, servers.size(), spans::toString);
        return servers.get(0);
    }

    /** Returns the only CLIENT span. */
    public Received client() {
        List<Received> clients = clients();
        assertEquals(1, clients.size(), spans::toString);
        return clients.get(0);
    }

    public List<Received> clients() {
        return spans.stream().filter(span -> !isServer(span)).toList();
    }

    public static boolean isServer(Received received) {
        return received.span().getKind() == Span.SpanKind.SPAN_KIND_SERVER;
    }

    public static String traceId(Received received) {
        return hex(received.span().getTraceId());
    }

    public static String spanId(Received received) {
        return hex(received.span().getSpanId());
    }

    public static String parentId(Received received) {
        return hex(received.span().getParentSpanId());
    }

    public static Set<String> attributeNames(Received received) {
        return received.span().getAttributesList().stream()
                .map(KeyValue::getKey)
                .collect(Collectors.toSet());
    }

    /** Returns all attributes; a list of values as {@code [a, b]}. */
    public static Map<String, String> attributes(Received received) {
        return received.span().getAttributesList().stream()
                .collect(Collectors.toMap(KeyValue::getKey, attribute -> text(attribute.getValue())));
    }

    private static String text(AnyValue value) {
        if (value.hasArrayValue()) {
            return value.getArrayValue().getValuesList().stream()
                    .map(Trace::text)
                    .toList()
                    .toString();
        }
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    /** Returns a trace ID that no other test uses. */
    public static String random() {
        byte[] id = new byte[16];
        ThreadLocalRandom.current().nextBytes(id);
        id[0] |= 1; // never all zero
        return HexFormat.of().formatHex(id);
    }

    public static String hex(com.google.protobuf.ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
