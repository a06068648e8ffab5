package dev.clew.tls;

import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.host.HostName;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.host.HostTable;
import dev.clew.tenant.tls.ServerCertificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The certificates by server name (SNI, RFC 6066 section 3): each host has that of its tenant, if any. Lookups are safe
 * for several threads.
 */
public final class SniCertificates {

    private final ServerContexts contexts;
    private volatile HostTable<Optional<TenantCertificate>> hosts =
            HostTable.<Optional<TenantCertificate>>builder().build();
    private Map<TenantId, TenantCertificate> certificates = Map.of();

    SniCertificates(ServerContexts contexts) {
        this.contexts = contexts;
    }

    /**
     * Replaces the certificates for new connections. Open connections are not affected, and an unchanged certificate
     * keeps its TLS sessions.
     *
     * @return the tenants whose certificate is new or changed
     */
    public synchronized List<Tenant> apply(Snapshot snapshot) {
        List<Tenant> changed = new ArrayList<>();
        Map<TenantId, TenantCertificate> next = new HashMap<>();
        HostTable.Builder<Optional<TenantCertificate>> table = HostTable.builder();
        // Tenants may share a host, and have no certificate then.
        Set<HostPattern> added = new HashSet<>();
        for (TenantEntry entry : snapshot.tenants()) {
            Optional<TenantCertificate> certificate = certificate(entry.tenant());
            certificate.ifPresent(present -> next.put(present.tenant(), present));
            if (certificate.isPresent()
                    && !certificate.get().equals(certificates.get(entry.tenant().id()))) {
                changed.add(entry.tenant());
            }
            for (HostPattern host : entry.tenant().hosts()) {
                if (added.add(host)) {
                    // Also without a certificate, as the host may match another tenant's wildcard.
                    table.add(host, certificate);
                }
            }
        }
        Map<TenantId, TenantCertificate> before = certificates;
        certificates = next;
        hosts = table.build();
        before.forEach((tenant, certificate) -> {
            if (next.get(tenant) != certificate) {
                certificate.retire();
            }
        });
        return changed;
    }

    private Optional<TenantCertificate> certificate(Tenant tenant) {
        ServerCertificate certificate = tenant.tls().certificate();
        if (certificate == null) {
            return Optional.empty();
        }
        TenantCertificate before = certificates.get(tenant.id());
        return Optional.of(
                before != null && before.certificate().equals(certificate)
                        ? before
                        : new TenantCertificate(tenant.id(), certificate, contexts));
    }

    /** Returns the certificate for a server name; null for the listener's. */
    @Nullable TenantCertificate find(@Nullable String serverName) {
        String name = serverName == null ? null : HostName.normalise(serverName);
        Optional<TenantCertificate> found = name == null ? null : hosts.find(name);
        return found == null ? null : found.orElse(null);
    }
}
