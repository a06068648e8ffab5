package dev.clew.gateway;

import dev.clew.config.yaml.ChangedFiles;
import dev.clew.config.yaml.PemFiles;
import dev.clew.tenant.tls.ServerCertificate;
import dev.clew.tls.RenewableKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of the listener's own certificates, followed while it runs: whoever renews them restarts no gateway.
 * Files that cannot be used leave the last good certificates. Confined to one thread.
 */
final class CertificateFiles {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    private final List<Path> chains;
    private final List<Path> keys;
    private final RenewableKeys presented;
    private List<String> seen;

    private CertificateFiles(List<Path> chains, List<Path> keys) throws IOException {
        this.chains = chains;
        this.keys = keys;
        this.seen = digests();
        this.presented = new RenewableKeys(read());
    }

    /**
     * Reads the files for the first time.
     *
     * @return null if they are not pairs of a chain and its key, which Quarkus will then complain about, or knows how
     *     to read
     */
    static @Nullable CertificateFiles open(List<Path> chains, List<Path> keys) {
        if (chains.isEmpty() || chains.size() != keys.size()) {
            return null;
        }
        try {
            return new CertificateFiles(chains, keys);
        } catch (IOException | IllegalArgumentException unusable) {
            LOG.warnf("%s: a renewed certificate will need a restart (%s)", chains.get(0), unusable.getMessage());
            return null;
        }
    }

    RenewableKeys presented() {
        return presented;
    }

    /** Reads the files again if they changed; blocks. */
    void check() {
        List<String> found = digests();
        if (found.equals(seen)) {
            return;
        }
        seen = found;
        try {
            List<ServerCertificate> renewed = read();
            presented.renew(renewed);
            LOG.infof(
                    "%s: renewed, valid until %s",
                    chains.get(0), renewed.get(0).chain().get(0).getNotAfter().toInstant());
        } catch (IOException | IllegalArgumentException unusable) {
            LOG.warnf("%s: not usable (%s); the last certificate stays in use", chains.get(0), unusable.getMessage());
        }
    }

    private List<String> digests() {
        List<String> digests = new ArrayList<>();
        for (List<Path> files : List.of(chains, keys)) {
            files.forEach(file -> digests.add(ChangedFiles.digest(file, ChangedFiles.MAX_BYTES)));
        }
        return digests;
    }

    private List<ServerCertificate> read() throws IOException {
        List<ServerCertificate> certificates = new ArrayList<>();
        for (int i = 0; i < chains.size(); i++) {
            certificates.add(PemFiles.serverCertificate(text(chains.get(i)), text(keys.get(i))));
        }
        return certificates;
    }

    private static String text(Path file) throws IOException {
        // Other files, such as pipes, may block the reader for ever.
        if (!Files.isRegularFile(file)) {
            throw new IOException("expected: a file that can be read");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(ChangedFiles.MAX_BYTES), StandardCharsets.UTF_8);
        }
    }
}
