package dev.clew.config.tenant;

import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigValue;

/** TLS between clients and the gateway. Paths are relative to the configuration's folder. */
interface TenantTlsSection {

    @Setting(
            value = Kind.FILE,
            text = "PEM file with the [certificate chain](http.md#tls-on-the-listener) for this tenant's hosts; "
                    + "requires `key`, and cannot be combined with `match`. Relative to the directory that contains "
                    + "`tenants/`, and [inside it](#files-of-tenants).",
            absent = "the listener's own")
    ConfigValue certificate();

    @Setting(
            value = Kind.FILE,
            text = "PEM file with the private key of `certificate`, without a password: RSA, EC or EdDSA, in PKCS "
                    + "#8, PKCS #1 or SEC 1.",
            absent = "none")
    ConfigValue key();

    @Setting(
            value = Kind.FILE,
            text = "DER file with an OCSP response for `certificate`, [presented with "
                    + "it](http.md#tls-on-the-listener).",
            absent = "none")
    ConfigValue ocsp();

    @Setting(value = Kind.GROUP, text = "Certificates of clients (mutual TLS).")
    ClientCertificateSection clientCertificates();

    @Setting(
            value = Kind.FLAG,
            text = "Whether a request without TLS is redirected (308) to the same URL with `https`.",
            standard = "false")
    ConfigValue redirect();

    /** Client certificates. */
    interface ClientCertificateSection extends Item {

        @Setting(
                value = Kind.FILE,
                text = "PEM file with the certificate authorities to trust for client certificates.",
                required = true)
        ConfigValue authorities();

        @Setting(
                value = Kind.FLAG,
                text = "Whether clients without a certificate are rejected; clients with an invalid certificate "
                        + "always are.",
                absent = "`true`")
        ConfigValue required();

        @Setting(
                value = Kind.FLAG,
                text = "Whether the client's certificate is forwarded to upstreams in "
                        + "[`Client-Cert`](http.md#tls-on-the-listener).",
                absent = "`false`")
        ConfigValue forward();
    }
}
