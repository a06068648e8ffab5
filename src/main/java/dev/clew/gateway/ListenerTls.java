package dev.clew.gateway;

import dev.clew.config.watch.ConfigDirectory;
import dev.clew.tls.SessionTickets;
import dev.clew.tls.Staple;
import dev.clew.tls.TlsFiles;
import dev.clew.tls.TlsLibrary;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the operator gives the TLS listener beside certificates, each in a file: secrets of tickets, OCSP response. */
@Singleton
public class ListenerTls {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    private final SessionTickets tickets = new SessionTickets();
    private final Staple staple = new Staple();
    private final @Nullable TlsFiles files;

    ListenerTls(
            ConfigDirectory directory,
            @ConfigProperty(name = "clew.tls.ticket-file") Optional<String> ticketFile,
            @ConfigProperty(name = "clew.tls.ocsp-file") Optional<String> ocspFile) {
        Path secrets = file(directory, ticketFile, "clew.tls.ticket-file", "secrets/session-tickets");
        Path response = file(directory, ocspFile, "clew.tls.ocsp-file", "tls/tls.ocsp");
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

    /** Reloads the files that changed. */
    void check() {
        if (files != null) {
            files.check();
        }
    }
}
