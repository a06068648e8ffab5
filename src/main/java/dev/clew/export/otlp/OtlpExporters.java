package dev.clew.export.otlp;

import dev.clew.export.Destination;
import dev.clew.export.settings.OtlpSettings;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes OpenTelemetry's own OTLP exporters from settings; they send by {@link OtlpClient}. */
public final class OtlpExporters {

    /**
     * The exporters report every failure themselves, with what the server answered; {@link Destination} does so once per
     * change, without. Held here because a logger that nobody holds forgets its level.
     */
    private static final List<Logger> SILENCED = List.of(
            Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter"),
            Logger.getLogger("io.opentelemetry.exporter.internal.grpc.GrpcExporter"));

    private OtlpExporters() {}

    /** @throws RuntimeException when the settings cannot be used after all; a linkage error is possible too */
    public static Backend create(OtlpSettings settings, Duration exportTimeout) {
        SILENCED.forEach(logger -> logger.setLevel(Level.OFF));
        // Not longer than the queue waits, or calls to a destination that hangs would pile up.
        Duration timeout = settings.timeout().compareTo(exportTimeout) < 0 ? settings.timeout() : exportTimeout;
        AtomicLong rejected = new AtomicLong();
        OtlpSenders senders = new OtlpSenders(rejected);
        SpanExporter exporter =
                switch (settings.protocol()) {
                    case GRPC -> grpc(settings, timeout, senders);
                    case HTTP_PROTOBUF -> http(settings, timeout, senders);
                };
        return new Backend(exporter, rejected);
    }

    private static SpanExporter grpc(OtlpSettings settings, Duration timeout, OtlpSenders senders) {
        OtlpGrpcSpanExporterBuilder builder = OtlpGrpcSpanExporter.builder()
                .setComponentLoader(senders)
                .setEndpoint(settings.endpoint())
                .setTimeout(timeout)
                .setCompression(settings.gzip() ? "gzip" : "none")
                .setRetryPolicy(RetryPolicy.getDefault())
                .setMeterProvider(MeterProvider.noop());
        settings.headers().forEach(builder::addHeader);
        OtlpSettings.Tls tls = settings.tls();
        if (tls.authorities() != null) {
            builder.setTrustedCertificates(bytes(tls.authorities()));
        }
        if (tls.clientKey() != null && tls.clientCertificate() != null) {
            builder.setClientTls(bytes(tls.clientKey()), bytes(tls.clientCertificate()));
        }
        return builder.build();
    }

    private static SpanExporter http(OtlpSettings settings, Duration timeout, OtlpSenders senders) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setComponentLoader(senders)
                .setEndpoint(settings.endpoint())
                .setTimeout(timeout)
                .setCompression(settings.gzip() ? "gzip" : "none")
                .setRetryPolicy(RetryPolicy.getDefault())
                .setMeterProvider(MeterProvider.noop());
        settings.headers().forEach(builder::addHeader);
        OtlpSettings.Tls tls = settings.tls();
        if (tls.authorities() != null) {
            builder.setTrustedCertificates(bytes(tls.authorities()));
        }
        if (tls.clientKey() != null && tls.clientCertificate() != null) {
            builder.setClientTls(bytes(tls.clientKey()), bytes(tls.clientCertificate()));
        }
        return builder.build();
    }

    private static byte[] bytes(String pem) {
        return pem.getBytes(StandardCharsets.ISO_8859_1);
    }
}
