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
 * Notices which of many files hold something else than is known, at little cost: a file is read only when its
 * attributes differ. They are those of what a symbolic link leads to, so that the links of a mounted ConfigMap need no
 * care. Blocks while it looks, and is used by one thread.
 */
public final class ChangedFiles {

    static final int MOST_BYTES = YamlText.MAX_BYTES + 1;

    /** A file changed so lately may change again within one tick of its file system's clock, and look the same. */
    private static final long UNSURE_MILLIS = 2000;

    /** Instead of a digest. */
    public static final String MISSING = "";

    /** @param place which file it is, for a name that leads to another now; null where a file system does not tell */
    private record Stamp(long size, FileTime modified, @Nullable Object place) {

        static @Nullable Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                // Anything else, such as a pipe, may keep its reader waiting, and everything after it.
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
     * Looks at the files.
     *
     * @return those that hold something else than is known of them, or of which nothing is known, and did so at the
     *     look before, too: a file that is just being written is left to be finished
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
                before != null && before.sure && stamp.equals(before.stamp) ? before.digest : digest(file, MOST_BYTES);
        // That a file may be read now is none of its attributes.
        return new Look(stamp, stamp.isSure(now) && !digest.equals(MISSING), digest);
    }

    /**
     * What has been read of a file is what is known of it from now on.
     *
     * @param digest of at most {@link #MOST_BYTES} bytes
     * @return false, and nothing is known, when it is not what was seen: it is being written
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

    /** Takes what was seen of a file for what is known of it from now on. */
    public void accept(Path file) {
        Look look = seen.get(file);
        known.put(file, look == null ? MISSING : look.digest);
    }

    /** Of a longer file than {@code most} bytes the beginning alone; {@link #MISSING} for one that cannot be read. */
    public static String digest(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return digest(in.readNBytes(most));
        } catch (IOException unreadable) {
            return MISSING;
        }
    }

    /** A digest, so that no secret is held a second time. */
    public static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
