package dev.clew.config.watch;

import dev.clew.config.yaml.ChangedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Detects changed files by content, however they changed: overwritten, renamed, or by the new target of a symbolic
 * link, as in a mounted ConfigMap. Blocks; confined to one thread.
 */
public final class FileWatch {

    /** The compared prefix of larger files; no configuration is near this size. */
    private static final int MAX_BYTES = 4 << 20;

    private Map<Path, String> seen = Map.of();
    private Map<Path, String> reported = Map.of();
    private boolean begun;

    /**
     * Reads the files.
     *
     * @return whether the content differs from that of the last true result, and has not changed since the previous
     *     call, so that a file being written can be completed. True once at the start, since files may have changed
     *     since they were read
     */
    public boolean look(Set<Path> files) {
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

    private static String digest(Path file) {
        // Other files, such as pipes, may block the reader forever.
        return Files.isRegularFile(file) ? ChangedFiles.digest(file, MAX_BYTES) : ChangedFiles.MISSING;
    }
}
