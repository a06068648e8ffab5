package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;

/** TLS to an upstream. Files are named from the configuration's folder. */
interface UpstreamTlsSection {

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the authorities whose certificates are believed; the platform's when left out.")
    ConfigValue authorities();

    @Setting(value = Kind.FILE, text = "A PEM file of the gateway's own certificate chain, with key.")
    ConfigValue certificate();

    @Setting(value = Kind.FILE, text = "A PEM file of the private key that goes with it.")
    ConfigValue key();

    @Setting(
            value = Kind.HOST,
            text = "The name asked for and looked for in the certificate; the endpoint's host when left out.")
    ConfigValue serverName();

    @Setting(value = Kind.FLAG, text = "Whether any certificate is believed: for tests alone.", standard = "false")
    ConfigValue insecure();
}
