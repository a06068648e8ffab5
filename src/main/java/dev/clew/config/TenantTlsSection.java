package dev.clew.config;

import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigValue;

/** TLS between clients and the gateway. Files are named from the configuration's folder. */
interface TenantTlsSection {

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the certificate chain that is [shown](http.md#tls-in-front) to who asks "
                    + "for one of the hosts, with `key`; its path begins in the folder that holds `tenants/` "
                    + "and stays [within it](#files-of-tenants). Not beside `match`.",
            absent = "the listener's own")
    ConfigValue certificate();

    @Setting(
            value = Kind.FILE,
            text = "A PEM file of the private key of `certificate`, without a password: RSA, EC or EdDSA, "
                    + "in PKCS #8, PKCS #1 or SEC 1.",
            absent = "none")
    ConfigValue key();

    @Setting(value = Kind.GROUP, text = "Certificates that clients show in turn.")
    ClientCertificateSection clientCertificates();

    @Setting(
            value = Kind.FLAG,
            text = "Whether a request that came without TLS is answered with 308 to the same URL with " + "`https`.",
            standard = "false")
    ConfigValue redirect();

    /** Certificates that clients show. */
    interface ClientCertificateSection extends Item {

        @Setting(
                value = Kind.FILE,
                text = "A PEM file of the authorities whose certificates are accepted from clients.",
                required = true)
        ConfigValue authorities();

        @Setting(
                value = Kind.FLAG,
                text = "Whether a client without a certificate is refused; one with a wrong certificate always "
                        + "is.",
                absent = "`true`")
        ConfigValue required();

        @Setting(
                value = Kind.FLAG,
                text = "Whether upstreams get the client's certificate in [`Client-Cert`](http.md#tls-in-front).",
                absent = "`false`")
        ConfigValue forward();
    }
}
