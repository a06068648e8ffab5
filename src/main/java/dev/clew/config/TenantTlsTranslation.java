package dev.clew.config;

import dev.clew.config.TenantTlsSettings.ClientCertificateSettings;
import dev.clew.tenant.ClientCertificates;
import dev.clew.tenant.HostClaim;
import dev.clew.tenant.ServerCertificate;
import dev.clew.tenant.TenantTls;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of what a tenant's file says of TLS in front what is shown to clients. */
final class TenantTlsTranslation {

    private static final String KEY = "tls";
    private static final String CERTIFICATE_KEY = Keys.child(KEY, "certificate");
    private static final String PRIVATE_KEY_KEY = Keys.child(KEY, "key");
    private static final String CLIENTS_KEY = Keys.child(KEY, "client-certificates");

    private final Findings findings;
    private final Fields fields;
    private final PemFiles files;

    TenantTlsTranslation(Findings findings, Fields fields, PemFiles files) {
        this.findings = findings;
        this.fields = fields;
        this.files = files;
    }

    /** @param claim which requests for its hosts are the tenant's; who shares them cannot be told apart by a certificate */
    TenantTls tls(TenantTlsSettings settings, HostClaim claim) {
        boolean redirect = fields.read(Keys.child(KEY, "redirect"), settings.redirect(), Values::flag, false);
        ClientCertificates clients = findings.has(CLIENTS_KEY)
                ? clients(settings.clientCertificates()).orElse(null)
                : null;
        if (settings.certificate().isEmpty() && settings.key().isEmpty()) {
            if (findings.has(CLIENTS_KEY)) {
                fields.missing(CERTIFICATE_KEY, "a certificate beside client-certificates");
            }
            return new TenantTls(null, redirect, false);
        }
        if (!claim.equals(HostClaim.WHOLE)) {
            findings.problem(CERTIFICATE_KEY, "beside match (expected: hosts of this tenant alone)");
        }
        boolean forwards = fields.read(
                Keys.child(CLIENTS_KEY, "forward"),
                settings.clientCertificates().forward(),
                Values::flag,
                false);
        return new TenantTls(certificate(settings, clients).orElse(null), redirect, forwards);
    }

    private Optional<ServerCertificate> certificate(TenantTlsSettings settings, @Nullable ClientCertificates clients) {
        Optional<List<X509Certificate>> chain =
                fields.require(CERTIFICATE_KEY, settings.certificate(), files::certificateChain);
        Optional<PrivateKey> key = fields.require(PRIVATE_KEY_KEY, settings.key(), files::privateKey);
        if (chain.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        if (!PrivateKeys.belongs(key.get(), chain.get().get(0).getPublicKey())) {
            findings.problem(PRIVATE_KEY_KEY, "another certificate's (expected: the key of " + CERTIFICATE_KEY + ")");
            return Optional.empty();
        }
        return Optional.of(new ServerCertificate(chain.get(), key.get(), clients));
    }

    private Optional<ClientCertificates> clients(ClientCertificateSettings settings) {
        boolean required = fields.read(Keys.child(CLIENTS_KEY, "required"), settings.required(), Values::flag, true);
        return fields.require(Keys.child(CLIENTS_KEY, "authorities"), settings.authorities(), files::certificateChain)
                .map(authorities -> new ClientCertificates(authorities, required));
    }
}
