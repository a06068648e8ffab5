package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;

/** TLS to an upstream. Files are named from the configuration's folder. */
interface UpstreamTlsSection {

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the authorities whose certificates are believed; its path begins in the "
                    + "folder that holds `tenants/` and stays within it.",
            absent = "the platform's")
    ConfigValue authorities();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the gateway's own certificate chain, for upstreams that ask for one; with "
                    + "`key`.",
            absent = "none")
    ConfigValue certificate();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the private key that goes with it, without a password.",
            absent = "none")
    ConfigValue key();

    @Setting(
            value = Kind.HOST,
            text = "The name asked for (SNI) and looked for in the certificate.",
            absent = "the endpoint's host")
    ConfigValue serverName();

    @Setting(
            value = Kind.FLAG,
            text = "Whether any certificate is believed: for tests alone, and said in the log.",
            standard = "false")
    ConfigValue insecure();
}
