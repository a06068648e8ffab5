package dev.clew.config.tenant;

import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigValue;

/** TLS to an upstream. Paths are relative to the configuration's folder. */
interface UpstreamTlsSection {

    @Setting(
            value = Kind.FILE,
            text = "PEM file with the certificate authorities to trust; relative to the directory that contains "
                    + "`tenants/`, and inside it.",
            absent = "the platform's")
    ConfigValue authorities();

    @Setting(
            value = Kind.FILE,
            text = "PEM file with the gateway's own certificate chain, for upstreams that request a client "
                    + "certificate; requires `key`.",
            absent = "none")
    ConfigValue certificate();

    @Setting(
            value = Kind.FILE,
            text = "PEM file with the private key of `certificate`, without a password.",
            absent = "none")
    ConfigValue key();

    @Setting(
            value = Kind.HOST,
            text = "Name sent in SNI and expected in the certificate.",
            absent = "the endpoint's host")
    ConfigValue serverName();

    @Setting(
            value = Kind.FLAG,
            text = "Whether any certificate is accepted. For tests only; logged as a warning.",
            standard = "false")
    ConfigValue insecure();
}
