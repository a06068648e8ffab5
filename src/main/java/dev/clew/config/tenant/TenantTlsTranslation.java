package dev.clew.config.tenant;

import dev.clew.config.tenant.TenantTlsSection.ClientCertificateSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.PemFiles;
import dev.clew.config.yaml.PrivateKeys;
import dev.clew.tenant.host.HostClaim;
import dev.clew.tenant.tls.ClientCertificates;
import dev.clew.tenant.tls.OcspResponse;
import dev.clew.tenant.tls.ServerCertificate;
import dev.clew.tenant.tls.TenantTls;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates the TLS settings between clients and the gateway. */
final class TenantTlsTranslation {

    private final Findings findings;
    private final Fields fields;
    private final PemFiles files;

    TenantTlsTranslation(Findings findings, Fields fields, PemFiles files) {
        this.findings = findings;
        this.fields = fields;
        this.files = files;
    }

    /** @param claim the tenant's requests on its hosts; a certificate cannot distinguish tenants that share a host */
    TenantTls tls(TenantTlsSection section, HostClaim claim) {
        boolean redirect = fields.flag(section.redirect(), false);
        boolean asksClients = findings.has(section.clientCertificates().itself());
        ClientCertificates clients =
                asksClients ? clients(section.clientCertificates()).orElse(null) : null;
        if (!Fields.isSet(section.certificate()) && !Fields.isSet(section.key())) {
            if (asksClients) {
                fields.missing(section.certificate(), "a certificate beside client-certificates");
            }
            if (Fields.isSet(section.ocsp())) {
                fields.missing(section.certificate(), "a certificate beside ocsp");
            }
            return new TenantTls(null, redirect, false);
        }
        if (!claim.equals(HostClaim.WHOLE)) {
            findings.problem(section.certificate(), "beside match (expected: hosts of this tenant alone)");
        }
        boolean forwards = fields.flag(section.clientCertificates().forward(), false);
        return new TenantTls(certificate(section, clients).orElse(null), redirect, forwards);
    }

    private Optional<ServerCertificate> certificate(TenantTlsSection section, @Nullable ClientCertificates clients) {
        Optional<List<X509Certificate>> chain = fields.require(section.certificate(), files::certificateChain);
        Optional<PrivateKey> key = fields.require(section.key(), files::privateKey);
        if (chain.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        if (!PrivateKeys.belongs(key.get(), chain.get().get(0).getPublicKey())) {
            findings.problem(
                    section.key(),
                    "another certificate's (expected: the key of "
                            + section.certificate().getName() + ")");
            return Optional.empty();
        }
        OcspResponse ocsp = fields.parse(section.ocsp(), files::ocspResponse).orElse(null);
        return Optional.of(new ServerCertificate(chain.get(), key.get(), clients, ocsp));
    }

    private Optional<ClientCertificates> clients(ClientCertificateSection section) {
        boolean required = fields.flag(section.required(), true);
        return fields.require(section.authorities(), files::certificateChain)
                .map(authorities -> new ClientCertificates(authorities, required));
    }
}
