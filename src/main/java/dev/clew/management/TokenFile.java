package dev.clew.management;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The management port's tokens, read from a file: new ones take effect without a restart and invalidate the old ones.
 * While the file is unusable, no token is valid. The content is never logged.
 */
public final class TokenFile {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    /** The limit on the file, some hundreds of tokens. */
    private static final int MAX_BYTES = 64 << 10;

    private static final String EXPECTED = "a readable file; each line a token of " + BearerToken.SHORTEST
            + " or more printable characters, alone or followed by a blank and tenants separated by commas";

    private final Path file;
    private volatile Tokens current;

    /** Reads the file initially. */
    public TokenFile(Path file) {
        this.file = file;
        this.current = read(file);
        warn(current);
    }

    /** Returns the current tokens. */
    public Tokens tokens() {
        return current;
    }

    /** Returns the access of a request with a valid token, which follows the file. */
    Access access(@Nullable String authorization) {
        Tokens now = current;
        Viewer viewer = now.viewer(authorization);
        return new Access(
                now.consoleCookie(authorization),
                () -> viewer != null && Objects.equals(viewer, current.viewer(authorization)));
    }

    /** Reads the file again; blocks. Confined to one thread. */
    public void check() {
        Tokens found = read(file);
        if (found.isSame(current)) {
            return;
        }
        current = found;
        if (!found.isEmpty()) {
            LOG.info("clew.management.token-file: reloaded; tokens that it no longer has are no longer valid");
        }
        warn(found);
    }

    private static void warn(Tokens found) {
        if (found.isEmpty()) {
            LOG.warnf(
                    "clew.management.token-file: not usable (expected: %s);"
                            + " until it is, the management port responds to probes only",
                    EXPECTED);
        } else if (!found.invalidLines().isEmpty()) {
            LOG.warnf(
                    "clew.management.token-file: ignored lines: %s (expected: %s)",
                    found.invalidLines().stream().map(String::valueOf).collect(Collectors.joining(", ")), EXPECTED);
        }
    }

    private static Tokens read(Path file) {
        // Other files, such as a pipe, may block the reader.
        if (!Files.isRegularFile(file)) {
            return Tokens.NONE;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            return content.length > MAX_BYTES ? Tokens.NONE : Tokens.parse(new String(content, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Tokens.NONE;
        }
    }
}
