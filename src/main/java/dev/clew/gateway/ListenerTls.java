package dev.clew.gateway;

import dev.clew.config.watch.ConfigDirectory;
import dev.clew.tls.RenewableKeys;
import dev.clew.tls.SessionTickets;
import dev.clew.tls.Staple;
import dev.clew.tls.TlsFiles;
import dev.clew.tls.TlsLibrary;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The files that the operator gives the TLS listener: its own certificate, secrets of tickets, an OCSP response. */
@Singleton
public class ListenerTls {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    private final SessionTickets tickets = new SessionTickets();
    private final Staple staple = new Staple();
    private final @Nullable TlsFiles files;
    private final @Nullable CertificateFiles certificates;

    ListenerTls(
            ConfigDirectory directory,
            @ConfigProperty(name = "quarkus.http.ssl.certificate.files") Optional<List<Path>> chains,
            @ConfigProperty(name = "quarkus.http.ssl.certificate.key-files") Optional<List<Path>> keys,
            @ConfigProperty(name = "clew.tls.ticket-file") Optional<String> ticketFile,
            @ConfigProperty(name = "clew.tls.ocsp-file") Optional<String> ocspFile) {
        Path secrets = file(directory, ticketFile, "clew.tls.ticket-file", "secrets/session-tickets");
        Path response = file(directory, ocspFile, "clew.tls.ocsp-file", "tls/tls.ocsp");
        certificates = CertificateFiles.open(chains.orElse(List.of()), keys.orElse(List.of()));
        files = TlsLibrary.inUse() == TlsLibrary.JDK ? null : new TlsFiles(secrets, tickets, response, staple);
    }

    /** Returns the file; warns if one that was named cannot be used. */
    private static Path file(ConfigDirectory directory, Optional<String> named, String key, String standard) {
        Path file = directory.path(named.orElse(standard));
        if (named.isPresent() && TlsLibrary.inUse() == TlsLibrary.JDK) {
            LOG.warnf("%s: ignored, as the JDK's TLS is in use", key);
        } else if (named.isPresent() && !Files.isRegularFile(file)) {
            LOG.warnf("%s: no such file yet", key);
        }
        return file;
    }

    SessionTickets tickets() {
        return tickets;
    }

    Staple staple() {
        return staple;
    }

    /** Returns the keys of the listener's own certificate, if it is in PEM files. */
    @Nullable RenewableKeys renewable() {
        return certificates == null ? null : certificates.presented();
    }

    /** Reloads the files that changed. */
    void check() {
        if (certificates != null) {
            certificates.check();
        }
        if (files != null) {
            files.check();
        }
    }
}
