package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.export.settings.QueueSettings;
import io.smallrye.config.ConfigValue;
import java.util.Map;

/**
 * A telemetry backend in {@code gateway/gateway.yaml}. What its values mean is read in {@code dev.clew.export},
 * together with {@code OTEL_*}: nothing that is wrong here may stop the gateway.
 */
interface DestinationSection {

    @Setting(
            value = Kind.URL,
            text = "Where the backend takes OTLP: an `http` or `https` URL; for HTTP used as it is when it "
                    + "has a path, else with `/v1/traces`.",
            absent = "required but for `default`")
    ConfigValue endpoint();

    @Setting(
            value = Kind.OTLP_PROTOCOL,
            text = "How spans travel: `http/protobuf` or `grpc`.",
            standard = "http/protobuf")
    ConfigValue protocol();

    @Setting(
            value = Kind.TEXT,
            text = "The headers sent with every export, by name; credentials as `${NAME}`; never shown.",
            absent = "none")
    Map<String, ConfigValue> headers();

    @Setting(
            value = Kind.FILE,
            text = "A file with more headers, a line `name=value` each, such as a mounted Secret; read "
                    + "again when it changes.",
            absent = "none")
    ConfigValue headersFile();

    @Setting(value = Kind.COMPRESSION, text = "How what is sent is compressed: `gzip` or `none`.", standard = "none")
    ConfigValue compression();

    @Setting(value = Kind.DURATION, text = "How long an export may take, retries included.", standard = "10s")
    ConfigValue timeout();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the authorities to trust; read again when it changes.",
            absent = "the platform's")
    ConfigValue certificate();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the gateway's own certificate chain, for mutual TLS; read again when it "
                    + "changes.",
            absent = "none")
    ConfigValue clientCertificate();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the private key of `client-certificate`: RSA or EC, in PKCS #8; read "
                    + "again when it changes.",
            absent = "none")
    ConfigValue clientKey();

    @Setting(value = Kind.GROUP, text = "How spans wait.")
    QueueSection queue();

    /** The queue of spans. */
    interface QueueSection {

        @Setting(
                value = Kind.COUNT,
                text = "The most spans that wait.",
                absent = "as many as `queue.bytes` holds",
                from = 1,
                to = QueueSettings.MOST_SPANS)
        ConfigValue spans();

        @Setting(
                value = Kind.SIZE,
                text = "The most bytes of spans that wait, 64K to 64G.",
                absent = "`8M`, or 4 KiB for each span if that is more",
                standard = "8M")
        ConfigValue bytes();

        @Setting(
                value = Kind.COUNT,
                text = "The most spans sent at once, at most `queue.spans`.",
                standard = "512",
                from = 1,
                to = QueueSettings.MOST_SPANS)
        ConfigValue batch();

        @Setting(value = Kind.DURATION, text = "The time between exports while no batch is full.", standard = "5s")
        ConfigValue delay();

        @Setting(value = Kind.DURATION, text = "How long an export may take before it is given up.", standard = "30s")
        ConfigValue exportTimeout();
    }
}
