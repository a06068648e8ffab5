package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;

/** TLS between clients and the gateway. Files are named from the configuration's folder. */
interface TenantTlsSection {

    @Setting(
            value = Kind.FILE,
            text =
                    "A PEM file of the certificate chain shown to who asks for one of the hosts, with key; the listener's"
                            + " own when left out.")
    ConfigValue certificate();

    @Setting(value = Kind.FILE, text = "A PEM file of the private key that goes with it.")
    ConfigValue key();

    @Setting(value = Kind.GROUP, text = "Certificates that clients show in turn.")
    ClientCertificateSection clientCertificates();

    @Setting(
            value = Kind.FLAG,
            text = "Whether a request that came without TLS is answered with 308 to the same URL with https.",
            standard = "false")
    ConfigValue redirect();

    /** Certificates that clients show. */
    interface ClientCertificateSection extends Item {

        @Setting(
                value = Kind.FILE,
                text = "A PEM file of the authorities whose certificates are accepted.",
                required = true)
        ConfigValue authorities();

        @Setting(value = Kind.FLAG, text = "Whether a client without a certificate is refused; true when left out.")
        ConfigValue required();

        @Setting(
                value = Kind.FLAG,
                text = "Whether upstreams get the client's certificate in Client-Cert (RFC 9440); false when left out.")
        ConfigValue forward();
    }
}
