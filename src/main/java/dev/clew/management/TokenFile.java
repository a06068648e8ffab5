package dev.clew.management;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The management port's token, read from a file: a new token takes effect without a restart and invalidates the old
 * one. While the file is unusable, no token is valid. The content is never logged.
 */
public final class TokenFile {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    /** The limit on the file; a larger one cannot be a token. */
    private static final int MAX_BYTES = 4096;

    private static final String EXPECTED =
            "a readable file of " + BearerToken.SHORTEST + " to " + MAX_BYTES + " printable characters";

    private final Path file;
    private volatile BearerToken current;

    /** Reads the file initially. */
    public TokenFile(Path file) {
        this.file = file;
        this.current = read(file);
        if (current == BearerToken.NONE) {
            warn();
        }
    }

    /** Returns the current token. */
    public BearerToken token() {
        return current;
    }

    /** Reads the file again; blocks. Confined to one thread. */
    public void check() {
        BearerToken found = read(file);
        if (found.isSame(current)) {
            return;
        }
        current = found;
        if (found == BearerToken.NONE) {
            warn();
        } else {
            LOG.info("clew.management.token-file: reloaded; the old token is no longer valid");
        }
    }

    private static void warn() {
        LOG.warnf(
                "clew.management.token-file: not usable (expected: %s);"
                        + " until it is, the management port responds to probes only",
                EXPECTED);
    }

    private static BearerToken read(Path file) {
        // Other files, such as a pipe, may block the reader.
        if (!Files.isRegularFile(file)) {
            return BearerToken.NONE;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            @Nullable BearerToken token =
                    content.length > MAX_BYTES ? null : BearerToken.of(new String(content, StandardCharsets.UTF_8));
            return token == null ? BearerToken.NONE : token;
        } catch (IOException unreadable) {
            return BearerToken.NONE;
        }
    }
}
