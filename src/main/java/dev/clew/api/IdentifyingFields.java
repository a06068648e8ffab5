package dev.clew.api;

import dev.clew.config.gateway.GatewaySettings.ResponseHeaders;
import dev.clew.journal.TraceIds;
import io.vertx.core.json.JsonObject;

/** The fields of a response by which its client can name it. */
final class IdentifyingFields {

    private final ResponseHeaders sent;

    /** @param sent the fields in use since the start */
    IdentifyingFields(ResponseHeaders sent) {
        this.sent = sent;
    }

    JsonObject of(TraceIds ids) {
        JsonObject fields = new JsonObject();
        if (sent.traceId()) {
            fields.put("x-trace-id", ids.traceId());
        }
        if (sent.spanId()) {
            fields.put("x-span-id", ids.spanId());
        }
        if (sent.serverTiming()) {
            fields.put("server-timing", "trace;desc=" + ids.traceId());
        }
        return fields;
    }
}
