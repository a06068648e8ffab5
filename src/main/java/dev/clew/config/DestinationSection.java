package dev.clew.config;

import dev.clew.config.Setting.Kind;
import dev.clew.export.settings.QueueSettings;
import io.smallrye.config.ConfigValue;
import java.util.Map;

/**
 * A telemetry backend in {@code gateway/gateway.yaml}. What its values mean is read in {@code dev.clew.export}, together with
 * {@code OTEL_*}: nothing that is wrong here may stop the gateway.
 */
interface DestinationSection {

    @Setting(
            value = Kind.URL,
            text = "Where the backend takes OTLP. For http/protobuf, /v1/traces is appended to a URL without a path.")
    ConfigValue endpoint();

    @Setting(value = Kind.OTLP_PROTOCOL, text = "How spans travel.", standard = "http/protobuf")
    ConfigValue protocol();

    @Setting(value = Kind.TEXT, text = "Headers sent with every export, by name; credentials as ${NAME}.")
    Map<String, ConfigValue> headers();

    @Setting(value = Kind.FILE, text = "A file with a header in each line, as name=value; read again when it changes.")
    ConfigValue headersFile();

    @Setting(value = Kind.COMPRESSION, text = "Whether what is sent is compressed.", standard = "none")
    ConfigValue compression();

    @Setting(value = Kind.DURATION, text = "How long an export may take, retries included.", standard = "10s")
    ConfigValue timeout();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the authorities to trust instead of the platform's; read again when it changes.")
    ConfigValue certificate();

    @Setting(value = Kind.FILE, text = "A PEM file of the gateway's own certificate chain; read again when it changes.")
    ConfigValue clientCertificate();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of that certificate's private key, in PKCS #8; read again when it changes.")
    ConfigValue clientKey();

    @Setting(value = Kind.GROUP, text = "How spans wait.")
    QueueSection queue();

    /** How spans wait. */
    interface QueueSection {

        @Setting(
                value = Kind.COUNT,
                text = "The most spans that wait; as many as the bytes hold when left out.",
                from = 1,
                to = QueueSettings.MOST_SPANS)
        ConfigValue spans();

        @Setting(value = Kind.SIZE, text = "The most bytes of these, from 64K to 64G.", standard = "8M")
        ConfigValue bytes();

        @Setting(
                value = Kind.COUNT,
                text = "The most spans sent at once.",
                standard = "512",
                from = 1,
                to = QueueSettings.MOST_SPANS)
        ConfigValue batch();

        @Setting(value = Kind.DURATION, text = "Between exports while no batch is full.", standard = "5s")
        ConfigValue delay();

        @Setting(value = Kind.DURATION, text = "Until an export is given up.", standard = "30s")
        ConfigValue exportTimeout();
    }
}
