package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.export.settings.QueueSettings;
import java.util.Map;
import java.util.Optional;

/**
 * A telemetry backend in {@code gateway/gateway.yaml}. What its values mean is read in {@code dev.clew.export}, together with
 * {@code OTEL_*}: nothing that is wrong here may stop the gateway.
 */
interface TelemetryDestination {

    @Setting(
            value = Kind.URL,
            text = "Where the backend takes OTLP. For http/protobuf, /v1/traces is appended to a URL without a path.")
    Optional<String> endpoint();

    @Setting(value = Kind.OTLP_PROTOCOL, text = "How spans travel.", standard = "http/protobuf")
    Optional<String> protocol();

    @Setting(value = Kind.TEXT, text = "Headers sent with every export, by name; credentials as ${NAME}.")
    Map<String, String> headers();

    @Setting(value = Kind.FILE, text = "A file with a header in each line, as name=value; read again when it changes.")
    Optional<String> headersFile();

    @Setting(value = Kind.COMPRESSION, text = "Whether what is sent is compressed.", standard = "none")
    Optional<String> compression();

    @Setting(value = Kind.DURATION, text = "How long an export may take, retries included.", standard = "10s")
    Optional<String> timeout();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the authorities to trust instead of the platform's; read again when it changes.")
    Optional<String> certificate();

    @Setting(value = Kind.FILE, text = "A PEM file of the gateway's own certificate chain; read again when it changes.")
    Optional<String> clientCertificate();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of that certificate's private key, in PKCS #8; read again when it changes.")
    Optional<String> clientKey();

    @Setting(value = Kind.GROUP, text = "How spans wait.")
    QueueFields queue();

    /** How spans wait. */
    interface QueueFields {

        @Setting(
                value = Kind.COUNT,
                text = "The most spans that wait; as many as the bytes hold when left out.",
                from = 1,
                to = QueueSettings.MOST_SPANS)
        Optional<String> spans();

        @Setting(value = Kind.SIZE, text = "The most bytes of these, from 64K to 64G.", standard = "8M")
        Optional<String> bytes();

        @Setting(
                value = Kind.COUNT,
                text = "The most spans sent at once.",
                standard = "512",
                from = 1,
                to = QueueSettings.MOST_SPANS)
        Optional<String> batch();

        @Setting(value = Kind.DURATION, text = "Between exports while no batch is full.", standard = "5s")
        Optional<String> delay();

        @Setting(value = Kind.DURATION, text = "Until an export is given up.", standard = "30s")
        Optional<String> exportTimeout();
    }
}
