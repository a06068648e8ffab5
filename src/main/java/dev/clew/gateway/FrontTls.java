package dev.clew.gateway;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.listener.TrafficListener;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenant;
import dev.clew.tls.ListenerCertificate;
import dev.clew.tls.SniCertificates;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts the tenants' certificates into Quarkus's TLS listener, and the PROXY protocol into both listeners. The one for
 * TLS listens when it has a certificate of its own, or any tenant has one when the gateway starts.
 */
@Singleton
public class FrontTls implements HttpServerOptionsCustomizer {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    private final LoadedConfiguration configuration;
    private volatile @Nullable SniCertificates names;

    FrontTls(LoadedConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions listener) {
        Snapshot snapshot = configuration.snapshot();
        boolean wanted = hasCertificates(snapshot);
        if (listener.isSni() && wanted) {
            LOG.warn("quarkus.http.ssl.sni: ignored, for tenants' certificates are chosen by name");
        }
        if (wanted || listener.getKeyCertOptions() != null && !listener.isSni()) {
            names = ListenerCertificate.extend(listener);
            apply(snapshot);
        }
        // With nothing to show it does not listen.
        if (listener.getKeyCertOptions() != null) {
            customizeHttpServer(listener);
        }
    }

    @Override
    public void customizeHttpServer(HttpServerOptions listener) {
        TrafficListener.extend(listener, configuration.settings().proxyProtocol());
    }

    /** Shows the certificates of these tenants to whoever connects from now on. */
    public void apply(Snapshot snapshot) {
        SniCertificates shown = names;
        if (shown != null) {
            shown.apply(snapshot).forEach(FrontTls::warn);
        }
    }

    /** Whether a tenant has a certificate, and nobody is shown it: the listener opens at start or not at all. */
    boolean needsRestart(Snapshot snapshot) {
        return names == null && hasCertificates(snapshot);
    }

    /** One that cannot be valid is shown all the same: it is the clients who judge it. */
    private static void warn(Tenant tenant) {
        X509Certificate certificate =
                Objects.requireNonNull(tenant.tls().certificate()).chain().get(0);
        Instant now = Instant.now();
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end) || now.isBefore(begin)) {
            LOG.warnf("tenant %s: its certificate is valid from %s to %s only", tenant.id(), begin, end);
        }
    }

    private static boolean hasCertificates(Snapshot snapshot) {
        return snapshot.tenants().stream()
                .anyMatch(entry -> entry.tenant().tls().certificate() != null);
    }
}
