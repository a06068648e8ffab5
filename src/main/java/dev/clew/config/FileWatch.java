package dev.clew.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Notices that files have changed, by what they hold and however it came there: written over, renamed, or by a symbolic link
 * that now leads elsewhere, as in a mounted ConfigMap. Blocks while it reads, and is used by one thread.
 */
public final class FileWatch {

    /** Of a longer file only the beginning counts; nothing that is configuration is near this. */
    private static final int MOST_BYTES = 4 << 20;

    private static final String MISSING = "";

    private Map<Path, String> seen = Map.of();
    private Map<Path, String> reported = Map.of();
    private boolean begun;

    /**
     * Looks at the files.
     *
     * @return whether they hold something else than when this was last true, and did so at the look before, too: a file that
     *     is just being written is left to be finished. True once in the beginning, since nobody knows what was read until then
     */
    public boolean hasChanged(Set<Path> files) {
        Map<Path, String> now = new HashMap<>();
        files.forEach(file -> now.put(file, digest(file)));
        boolean settled = now.equals(seen);
        seen = now;
        if (!settled || begun && now.equals(reported)) {
            return false;
        }
        begun = true;
        reported = now;
        return true;
    }

    /** A digest, so that no secret is held a second time. */
    private static String digest(Path file) {
        // Anything else, such as a pipe, may keep its reader waiting, and everything after it.
        if (!Files.isRegularFile(file)) {
            return MISSING;
        }
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(in.readNBytes(MOST_BYTES)));
        } catch (IOException e) {
            return MISSING;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
