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
 * Adds the tenants' certificates to Quarkus's TLS listener, and the PROXY protocol to both listeners. The TLS listener
 * opens if it has a certificate of its own, or any tenant has one at start.
 */
@Singleton
public class ListenerCustomizer implements HttpServerOptionsCustomizer {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    private final LoadedConfiguration configuration;
    private final ListenerTls tls;
    private volatile @Nullable SniCertificates names;

    ListenerCustomizer(LoadedConfiguration configuration, ListenerTls tls) {
        this.configuration = configuration;
        this.tls = tls;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions listener) {
        Snapshot snapshot = configuration.snapshot();
        boolean needed = hasCertificates(snapshot);
        if (listener.isSni() && needed) {
            LOG.warn("quarkus.http.ssl.sni: ignored, as tenants' certificates are selected by SNI");
        }
        if (needed || listener.getKeyCertOptions() != null && !listener.isSni()) {
            names = ListenerCertificate.extend(listener, tls.renewable(), tls.tickets(), tls.staple());
            apply(snapshot);
        }
        // Without a certificate, the listener does not open.
        if (listener.getKeyCertOptions() != null) {
            customizeHttpServer(listener);
        }
    }

    @Override
    public void customizeHttpServer(HttpServerOptions listener) {
        TrafficListener.extend(listener, configuration.settings().proxyProtocol());
    }

    /** Presents these tenants' certificates in new handshakes. */
    public void apply(Snapshot snapshot) {
        SniCertificates certificates = names;
        if (certificates != null) {
            certificates.apply(snapshot).forEach(ListenerCustomizer::warn);
        }
    }

    /** Returns whether a tenant has a certificate but no TLS listener opened at start. */
    boolean needsRestart(Snapshot snapshot) {
        return names == null && hasCertificates(snapshot);
    }

    /** Warns of an expired or future certificate, which is presented nevertheless: clients judge it. */
    private static void warn(Tenant tenant) {
        X509Certificate certificate =
                Objects.requireNonNull(tenant.tls().certificate()).chain().get(0);
        Instant now = Instant.now();
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end) || now.isBefore(begin)) {
            LOG.warnf("tenant %s: certificate valid only from %s to %s", tenant.id(), begin, end);
        }
    }

    private static boolean hasCertificates(Snapshot snapshot) {
        return snapshot.tenants().stream()
                .anyMatch(entry -> entry.tenant().tls().certificate() != null);
    }
}
