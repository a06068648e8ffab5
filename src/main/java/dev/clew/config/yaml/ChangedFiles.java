package dev.clew.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Detects which of many files changed, cheaply: reads a file only when its attributes differ. Follows symbolic links,
 * so that those of a mounted ConfigMap need no special case. Blocks; confined to one thread.
 */
public final class ChangedFiles {

    /** The limit on a file; larger ones are cut off, and so differ from what their readers expect. */
    public static final int MAX_BYTES = YamlText.MAX_BYTES + 1;

    /**
     * A file modified this recently may change again within the same tick of its file system's clock, with equal
     * attributes.
     */
    private static final long UNSURE_MILLIS = 2000;

    /** The digest of a missing or unreadable file. */
    public static final String MISSING = "";

    /** @param place file key, which differs when a link's target is replaced; null where a file system has none */
    private record Stamp(long size, FileTime modified, @Nullable Object place) {

        static @Nullable Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                // Other files, such as pipes, may block the reader forever.
                return attributes.isRegularFile()
                        ? new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey())
                        : null;
            } catch (IOException missing) {
                return null;
            }
        }

        boolean isSure(long nowMillis) {
            return modified.toMillis() < nowMillis - UNSURE_MILLIS;
        }
    }

    private record Look(@Nullable Stamp stamp, boolean sure, String digest) {}

    private final Map<Path, String> known = new HashMap<>();
    private Map<Path, Look> seen = Map.of();

    /**
     * Returns the files whose content differs from the accepted one, or of which none is accepted, provided that it has
     * not changed since the previous look, so that a file being written can be completed.
     */
    public Set<Path> look(Collection<Path> files) {
        long now = System.currentTimeMillis();
        Map<Path, Look> looks = new HashMap<>();
        Set<Path> changed = new TreeSet<>();
        for (Path file : files) {
            Look before = seen.get(file);
            Look look = look(file, before, now);
            looks.put(file, look);
            if (before != null && look.digest.equals(before.digest) && !look.digest.equals(known.get(file))) {
                changed.add(file);
            }
        }
        seen = looks;
        known.keySet().retainAll(looks.keySet());
        return changed;
    }

    private static Look look(Path file, @Nullable Look before, long now) {
        Stamp stamp = Stamp.of(file);
        if (stamp == null) {
            return new Look(null, true, MISSING);
        }
        String digest =
                before != null && before.sure && stamp.equals(before.stamp) ? before.digest : digest(file, MAX_BYTES);
        // Attributes do not show that a file has become readable.
        return new Look(stamp, stamp.isSure(now) && !digest.equals(MISSING), digest);
    }

    /**
     * Accepts a file's content as known.
     *
     * @param digest of at most {@link #MAX_BYTES} bytes
     * @return false, with nothing accepted, if the content differs from that of the last look: it is being written
     */
    public boolean accept(Path file, String digest) {
        Look look = seen.get(file);
        if (look != null && !look.digest.equals(digest)) {
            known.remove(file);
            return false;
        }
        known.put(file, digest);
        return true;
    }

    /** Accepts the content of the last look as known. */
    public void accept(Path file) {
        Look look = seen.get(file);
        known.put(file, look == null ? MISSING : look.digest);
    }

    /** Returns the digest of at most {@code most} bytes; {@link #MISSING} for an unreadable file. */
    public static String digest(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return digest(in.readNBytes(most));
        } catch (IOException unreadable) {
            return MISSING;
        }
    }

    /** Returns a digest, which holds no second copy of secrets. */
    public static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
