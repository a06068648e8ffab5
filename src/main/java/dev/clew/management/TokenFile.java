package dev.clew.management;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The token of the management port, as its file has it: a new one takes effect without a restart, and the old one ends
 * with it. While the file is not usable, no token is. What is in it is told to nobody.
 */
public final class TokenFile {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    /** No token is near this; a file that is must be the wrong one. */
    private static final int MOST_BYTES = 4096;

    private static final String EXPECTED =
            "a readable file of " + BearerToken.SHORTEST + " to " + MOST_BYTES + " printable characters";

    private final Path file;
    private volatile BearerToken current;

    /** Reads the file for the first time. */
    public TokenFile(Path file) {
        this.file = file;
        this.current = read(file);
        if (current == BearerToken.NONE) {
            warn();
        }
    }

    /** The token in force. */
    public BearerToken token() {
        return current;
    }

    /** Reads the file again; blocks while it does. To be used by one thread. */
    public void check() {
        BearerToken found = read(file);
        if (found.isSame(current)) {
            return;
        }
        current = found;
        if (found == BearerToken.NONE) {
            warn();
        } else {
            LOG.info("clew.management.token-file: read anew; another token is not accepted");
        }
    }

    private static void warn() {
        LOG.warnf(
                "clew.management.token-file: not usable (expected: %s);"
                        + " until it is, the management port responds to probes only",
                EXPECTED);
    }

    private static BearerToken read(Path file) {
        // Anything else, such as a pipe, may keep its reader waiting.
        if (!Files.isRegularFile(file)) {
            return BearerToken.NONE;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            @Nullable BearerToken token =
                    content.length > MOST_BYTES ? null : BearerToken.of(new String(content, StandardCharsets.UTF_8));
            return token == null ? BearerToken.NONE : token;
        } catch (IOException unreadable) {
            return BearerToken.NONE;
        }
    }
}
