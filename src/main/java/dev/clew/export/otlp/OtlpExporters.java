package dev.clew.export.otlp;

import dev.clew.export.Destination;
import dev.clew.export.queue.LogLine;
import dev.clew.export.queue.MetricsCollection;
import dev.clew.export.queue.QueuedSpan;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.OtlpSettings;
import dev.clew.export.settings.OtlpSettings.Protocol;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Creates OpenTelemetry's OTLP exporters from settings; they only marshal, and send by {@link OtlpClient}, which
 * implements both protocols. The builders of the three signals have the same methods but no common type.
 */
public final class OtlpExporters {

    /**
     * The exporter would log every failure itself, with the server's response; {@link Destination} logs once per
     * change, without it. A static field, because an unreferenced logger loses its level.
     */
    private static final Logger SILENCED = Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter");

    private final OtlpSettings settings;
    private final AtomicLong rejected = new AtomicLong();
    private final ComponentLoader loader;
    private final String endpoint;
    private final Duration timeout;
    private final String compression;

    private OtlpExporters(DestinationSettings destination, OtlpSettings settings) {
        SILENCED.setLevel(Level.OFF);
        boolean grpc = settings.protocol() == Protocol.GRPC;
        Duration exportTimeout = destination.queue().exportTimeout();
        this.settings = settings;
        this.loader = OtlpSender.loader(grpc, rejected);
        this.endpoint = grpc ? settings.endpoint() + destination.signal().grpcPath() : settings.endpoint();
        // No longer than the export timeout, or calls to a hanging destination would pile up.
        this.timeout = settings.timeout().compareTo(exportTimeout) < 0 ? settings.timeout() : exportTimeout;
        this.compression = settings.gzip() ? "gzip" : "none";
    }

    /**
     * Returns a backend of spans.
     *
     * @throws RuntimeException if the settings cannot be used after all; a linkage error is possible too
     */
    public static Backend<QueuedSpan> spans(DestinationSettings destination, OtlpSettings otlp) {
        OtlpExporters with = new OtlpExporters(destination, otlp);
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setComponentLoader(with.loader)
                .setEndpoint(with.endpoint)
                .setTimeout(with.timeout)
                .setCompression(with.compression)
                .setRetryPolicy(RetryPolicy.getDefault())
                .setMeterProvider(MeterProvider.noop());
        with.secure(builder::addHeader, builder::setTrustedCertificates, builder::setClientTls);
        return Backend.ofSpans(builder.build(), with.rejected);
    }

    /** Returns a backend of log records; throws as {@link #spans} does. */
    public static Backend<LogLine> logs(DestinationSettings destination, OtlpSettings otlp) {
        OtlpExporters with = new OtlpExporters(destination, otlp);
        OtlpHttpLogRecordExporterBuilder builder = OtlpHttpLogRecordExporter.builder()
                .setComponentLoader(with.loader)
                .setEndpoint(with.endpoint)
                .setTimeout(with.timeout)
                .setCompression(with.compression)
                .setRetryPolicy(RetryPolicy.getDefault())
                .setMeterProvider(MeterProvider.noop());
        with.secure(builder::addHeader, builder::setTrustedCertificates, builder::setClientTls);
        OtlpHttpLogRecordExporter exporter = builder.build();
        return new Backend<>(
                lines -> exporter.export(Collections.unmodifiableList(lines)), exporter::shutdown, with.rejected);
    }

    /** Returns a backend of metrics; throws as {@link #spans} does. */
    public static Backend<MetricsCollection> metrics(DestinationSettings destination, OtlpSettings otlp) {
        OtlpExporters with = new OtlpExporters(destination, otlp);
        OtlpHttpMetricExporterBuilder builder = OtlpHttpMetricExporter.builder()
                .setComponentLoader(with.loader)
                .setEndpoint(with.endpoint)
                .setTimeout(with.timeout)
                .setCompression(with.compression)
                .setRetryPolicy(RetryPolicy.getDefault())
                .setMeterProvider(MeterProvider.noop());
        with.secure(builder::addHeader, builder::setTrustedCertificates, builder::setClientTls);
        OtlpHttpMetricExporter exporter = builder.build();
        // A batch is one collection.
        return new Backend<>(
                collections -> exporter.export(collections.get(0).metrics()), exporter::shutdown, with.rejected);
    }

    private void secure(
            BiConsumer<String, String> header, Consumer<byte[]> authorities, BiConsumer<byte[], byte[]> client) {
        settings.headers().forEach(header);
        OtlpSettings.Tls tls = settings.tls();
        if (tls.authorities() != null) {
            authorities.accept(bytes(tls.authorities()));
        }
        if (tls.clientKey() != null && tls.clientCertificate() != null) {
            client.accept(bytes(tls.clientKey()), bytes(tls.clientCertificate()));
        }
    }

    private static byte[] bytes(String pem) {
        return pem.getBytes(StandardCharsets.ISO_8859_1);
    }
}
