package dev.clew.config.gateway;

import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.export.settings.QueueSettings;
import io.smallrye.config.ConfigValue;
import java.util.Map;

/**
 * A telemetry backend in {@code gateway/gateway.yaml}. Its values are interpreted in {@code dev.clew.export}, together
 * with {@code OTEL_*}: no mistake here may prevent the start.
 */
public interface DestinationSection {

    @Setting(
            value = Kind.URL,
            text = "The backend's OTLP endpoint: an `http` or `https` URL. With HTTP, a URL without a path gets "
                    + "`/v1/traces`; one with a path is used unchanged.",
            absent = "required but for `default`")
    ConfigValue endpoint();

    @Setting(
            value = Kind.OTLP_PROTOCOL,
            text = "The OTLP protocol: `http/protobuf` or `grpc`.",
            standard = "http/protobuf")
    ConfigValue protocol();

    @Setting(
            value = Kind.TEXT,
            text = "Headers of every export, by name; write credentials as `${NAME}`. Values are never shown.",
            absent = "none")
    Map<String, ConfigValue> headers();

    @Setting(
            value = Kind.FILE,
            text = "File with more headers, one `name=value` per line, for example a mounted Secret; reloaded when "
                    + "it changes.",
            absent = "none")
    ConfigValue headersFile();

    @Setting(
            value = Kind.TEXT,
            text = "URL of a trace in the backend's pages, with `{trace_id}` in place of the ID, for example "
                    + "`https://tempo.example/trace/{trace_id}`; the [API](api.md) and the console link to it.",
            absent = "none")
    ConfigValue traceLink();

    @Setting(value = Kind.COMPRESSION, text = "Compression of exports: `gzip` or `none`.", standard = "none")
    ConfigValue compression();

    @Setting(value = Kind.DURATION, text = "Maximum duration of an export, retries included.", standard = "10s")
    ConfigValue timeout();

    @Setting(
            value = Kind.FILE,
            text = "PEM file with the certificate authorities to trust; reloaded when it changes.",
            absent = "the platform's")
    ConfigValue certificate();

    @Setting(
            value = Kind.FILE,
            text = "PEM file with the gateway's own certificate chain, for mutual TLS; reloaded when it changes.",
            absent = "none")
    ConfigValue clientCertificate();

    @Setting(
            value = Kind.FILE,
            text = "PEM file with the private key of `client-certificate`: RSA or EC, in PKCS #8; reloaded when it "
                    + "changes.",
            absent = "none")
    ConfigValue clientKey();

    @Setting(value = Kind.GROUP, text = "The queue of spans that wait for export.")
    QueueSection queue();

    /** The queue of spans. */
    interface QueueSection {

        @Setting(
                value = Kind.COUNT,
                text = "Maximum number of spans in the queue.",
                absent = "as many as `queue.bytes` holds",
                from = 1,
                to = QueueSettings.MAX_ITEMS)
        ConfigValue spans();

        @Setting(
                value = Kind.SIZE,
                text = "Maximum size of the queue in bytes, 64K to 64G.",
                absent = "`8M`, or 4 KiB for each span if that is more",
                standard = "8M")
        ConfigValue bytes();

        @Setting(
                value = Kind.COUNT,
                text = "Maximum number of spans in one export, at most `queue.spans`.",
                standard = "512",
                from = 1,
                to = QueueSettings.MAX_ITEMS)
        ConfigValue batch();

        @Setting(value = Kind.DURATION, text = "Time between exports while no batch is full.", standard = "5s")
        ConfigValue delay();

        @Setting(value = Kind.DURATION, text = "Time after which an export is cancelled.", standard = "30s")
        ConfigValue exportTimeout();
    }
}
