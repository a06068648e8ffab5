package dev.clew.config;

import dev.clew.config.Setting.Kind;
import java.util.Optional;

/** TLS to an upstream. Files are named from the configuration's folder. */
interface UpstreamTlsSettings {

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the authorities whose certificates are believed; the platform's when left out.")
    Optional<String> authorities();

    @Setting(value = Kind.FILE, text = "A PEM file of the gateway's own certificate chain, with key.")
    Optional<String> certificate();

    @Setting(value = Kind.FILE, text = "A PEM file of the private key that goes with it.")
    Optional<String> key();

    @Setting(
            value = Kind.HOST,
            text = "The name asked for and looked for in the certificate; the endpoint's host when left out.")
    Optional<String> serverName();

    @Setting(value = Kind.FLAG, text = "Whether any certificate is believed: for tests alone.", standard = "false")
    Optional<String> insecure();
}
