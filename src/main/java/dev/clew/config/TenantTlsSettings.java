package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.Optional;

/** TLS between clients and the gateway. Files are named from the configuration's folder. */
interface TenantTlsSettings {

    @Setting(
            value = Kind.FILE,
            text =
                    "A PEM file of the certificate chain shown to who asks for one of the hosts, with key; the listener's"
                            + " own when left out.")
    Optional<String> certificate();

    @Setting(value = Kind.FILE, text = "A PEM file of the private key that goes with it.")
    Optional<String> key();

    @Setting(value = Kind.GROUP, text = "Certificates that clients show in turn.")
    ClientCertificateSettings clientCertificates();

    @Setting(
            value = Kind.FLAG,
            text = "Whether a request that came without TLS is answered with 308 to the same URL with https.",
            standard = "false")
    Optional<String> redirect();

    /** Certificates that clients show. */
    interface ClientCertificateSettings {

        @Setting(
                value = Kind.FILE,
                text = "A PEM file of the authorities whose certificates are accepted.",
                required = true)
        Optional<String> authorities();

        @Setting(value = Kind.FLAG, text = "Whether a client without a certificate is refused; true when left out.")
        Optional<String> required();

        @Setting(
                value = Kind.FLAG,
                text = "Whether upstreams get the client's certificate in Client-Cert (RFC 9440); false when left out.")
        Optional<String> forward();
    }
}
