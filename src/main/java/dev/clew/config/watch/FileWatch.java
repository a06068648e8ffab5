package dev.clew.config.watch;

import dev.clew.config.yaml.ChangedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Notices that files have changed, by what they hold and however it came there: written over, renamed, or by a symbolic
 * link that now leads elsewhere, as in a mounted ConfigMap. Blocks while it reads, and is used by one thread.
 */
public final class FileWatch {

    /** Of a longer file only the beginning counts; nothing that is configuration is near this. */
    private static final int MOST_BYTES = 4 << 20;

    private Map<Path, String> seen = Map.of();
    private Map<Path, String> reported = Map.of();
    private boolean begun;

    /**
     * Looks at the files.
     *
     * @return whether they hold something else than when this was last true, and did so at the look before, too: a file
     *     that is just being written is left to be finished. True once in the beginning, since nobody knows what was
     *     read until then
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
        // Anything else, such as a pipe, may keep its reader waiting, and everything after it.
        return Files.isRegularFile(file) ? ChangedFiles.digest(file, MOST_BYTES) : ChangedFiles.MISSING;
    }
}
