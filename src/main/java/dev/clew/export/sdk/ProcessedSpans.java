package dev.clew.export.sdk;

import dev.clew.exchange.Fault;
import dev.clew.export.queue.SpanSink;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
        Set<SpanProcessor> failed = ConcurrentHashMap.newKeySet();
        return ends.isEmpty()
                ? sink
                : span -> {
                    EndedSpan ended = new EndedSpan(span);
                    ends.forEach(processor -> end(processor, ended, failed));
                    sink.offer(span);
                };
    }

    private static void end(SpanProcessor processor, EndedSpan span, Set<SpanProcessor> failed) {
        try {
            processor.onEnd(span);
        } catch (RuntimeException fault) {
            // An extension's fault costs no span and no request, and one line: each span may cause it.
            if (failed.add(processor)) {
                String name = processor.getClass().getName();
                LOG.errorf(Fault.withoutMessage(fault), "span processor %s failed; logged once", name);
            }
        }
    }
}
