package dev.clew.api;

import dev.clew.journal.JournalEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A trace, as far as the gateway knows it, in the formats that trace backends open. */
final class TraceDocuments {

    private static final String FORMAT = "format";
    static final Set<String> PARAMETERS = Set.of(FORMAT);

    private static final String ZIPKIN = "zipkin";
    private static final String OTLP = "otlp";

    private final Requests requests;
    private final OtlpTrace otlp;
    private final ZipkinTrace zipkin;

    TraceDocuments(Requests requests, OtlpTrace otlp, ZipkinTrace zipkin) {
        this.requests = requests;
        this.otlp = otlp;
        this.zipkin = zipkin;
    }

    /** Returns this replica's spans; null if it has none. */
    @Nullable Object read(ApiRequest request) {
        boolean asZipkin = isZipkin(request);
        List<JournalEntry> entries = requests.ofTrace(request);
        return entries.isEmpty() ? null : asZipkin ? zipkin.of(entries) : otlp.of(entries);
    }

    /** Merges traces by listing the spans of all replicas; both formats have no place for more. */
    record Merge() implements Endpoint.Merge {

        @Override
        public Object merge(ApiRequest request, List<Object> parts) {
            JsonArray all = new JsonArray();
            for (Object part : parts) {
                JsonArray more = part instanceof JsonArray spans
                        ? spans
                        : ((JsonObject) part).getJsonArray("resourceSpans", new JsonArray());
                all.addAll(more);
            }
            return isZipkin(request) ? all : new JsonObject().put("resourceSpans", all);
        }

        @Override
        public boolean tellsReplicas() {
            return false;
        }
    }

    private static boolean isZipkin(ApiRequest request) {
        String format = request.text(FORMAT);
        if (format != null && !format.equals(ZIPKIN) && !format.equals(OTLP)) {
            throw ApiFailure.invalid(FORMAT, "otlp or zipkin");
        }
        return ZIPKIN.equals(format);
    }
}
