package dev.clew.export.sdk;

import dev.clew.export.queue.SpanSink;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Shows the spans that the gateway makes itself to span processors of an extension, which the SDK calls for its own
 * spans only. They see the end of a span; none of these spans has a start that could be changed.
 */
public final class ProcessedSpans {

    private static final Logger LOG = Logger.getLogger(ProcessedSpans.class);

    private ProcessedSpans() {}

    /** Returns the sink itself if there is no processor that sees ended spans. */
    public static SpanSink through(List<SpanProcessor> processors, SpanSink sink) {
        List<SpanProcessor> ends =
                processors.stream().filter(SpanProcessor::isEndRequired).toList();
        return ends.isEmpty()
                ? sink
                : span -> {
                    EndedSpan ended = new EndedSpan(span);
                    ends.forEach(processor -> end(processor, ended));
                    sink.offer(span);
                };
    }

    private static void end(SpanProcessor processor, EndedSpan span) {
        try {
            processor.onEnd(span);
        } catch (RuntimeException fault) {
            // An extension's fault costs no span and no request.
            LOG.errorf(fault, "span processor %s failed", processor.getClass().getName());
        }
    }
}
