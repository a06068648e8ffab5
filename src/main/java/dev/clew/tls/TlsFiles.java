package dev.clew.tls;

import dev.clew.tenant.tls.OcspResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The files beside the listener's certificate: the secrets of session tickets, and an OCSP response. A changed file
 * takes effect without a restart; one that cannot be used leaves the last good state. Confined to one thread.
 */
public final class TlsFiles {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    private final Followed tickets;
    private final Followed ocsp;

    /** Reads the files for the first time; blocks. Neither needs to exist. */
    public TlsFiles(Path ticketFile, SessionTickets tickets, Path ocspFile, Staple staple) {
        this.tickets = new Followed(
                ticketFile,
                "expected: " + TicketSecrets.MOST + " lines at most, each of " + TicketSecrets.SHORTEST
                        + " characters or more",
                content -> {
                    TicketSecrets secrets = TicketSecrets.of(content);
                    if (secrets != null) {
                        tickets.use(secrets);
                    }
                    return secrets != null;
                });
        this.ocsp = new Followed(ocspFile, OcspResponse.EXPECTED, content -> {
            OcspResponse response = OcspResponse.parse(content);
            if (response != null) {
                staple.use(response);
            }
            return response != null;
        });
        check();
    }

    /** Reads the files again; blocks. */
    public void check() {
        tickets.check();
        ocsp.check();
    }

    /** One file, read whole each time, since a mounted Secret changes through symbolic links. */
    private static final class Followed {

        private final Path file;
        private final String expected;
        private final Predicate<byte[]> use;
        private byte @Nullable [] seen;

        /** @param use returns whether it could use the content */
        Followed(Path file, String expected, Predicate<byte[]> use) {
            this.file = file;
            this.expected = expected;
            this.use = use;
        }

        void check() {
            byte[] found = read(file);
            if (Arrays.equals(found, seen)) {
                return;
            }
            seen = found;
            if (found == null) {
                LOG.warnf("%s: gone; what was read from it stays in use until a restart", file);
            } else if (use.test(found)) {
                LOG.infof("%s: read", file);
            } else {
                LOG.warnf("%s: not usable (%s)", file, expected);
            }
        }

        private static byte @Nullable [] read(Path file) {
            // Other files, such as pipes, may block the reader forever.
            if (!Files.isRegularFile(file)) {
                return null;
            }
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(OcspResponse.MAX_BYTES + 1);
            } catch (IOException unreadable) {
                return null;
            }
        }
    }
}
