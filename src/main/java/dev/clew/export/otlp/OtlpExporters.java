package dev.clew.export.otlp;

import dev.clew.export.Destination;
import dev.clew.export.queue.QueuedSpan;
import dev.clew.export.settings.OtlpSettings;
import dev.clew.export.settings.OtlpSettings.Protocol;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Creates OpenTelemetry's OTLP exporter from settings; it sends by {@link OtlpClient}. */
public final class OtlpExporters {

    /**
     * The exporter would log every failure itself, with the server's response; {@link Destination} logs once per
     * change, without it. A static field, because an unreferenced logger loses its level.
     */
    private static final Logger SILENCED = Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter");

    /** The method that receives spans ("OTLP/gRPC Request"). */
    private static final String GRPC_PATH = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private OtlpExporters() {}

    /**
     * Creates the HTTP exporter for either protocol: it only marshals spans, and the client implements gRPC.
     *
     * @throws RuntimeException if the settings cannot be used after all; a linkage error is possible too
     */
    public static Backend<QueuedSpan> create(OtlpSettings settings, Duration exportTimeout) {
        SILENCED.setLevel(Level.OFF);
        boolean grpc = settings.protocol() == Protocol.GRPC;
        AtomicLong rejected = new AtomicLong();
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setComponentLoader(OtlpSender.loader(grpc, rejected))
                .setEndpoint(grpc ? settings.endpoint() + GRPC_PATH : settings.endpoint())
                // No longer than the export timeout, or calls to a hanging destination would pile up.
                .setTimeout(settings.timeout().compareTo(exportTimeout) < 0 ? settings.timeout() : exportTimeout)
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
        return Backend.ofSpans(builder.build(), rejected);
    }

    private static byte[] bytes(String pem) {
        return pem.getBytes(StandardCharsets.ISO_8859_1);
    }
}
