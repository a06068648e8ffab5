package dev.clew.config.gateway;

import dev.clew.trace.force.ForceKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the file with the key of tokens for forced tracing. Messages never contain its content. */
public final class ForceKeyFile {

    public static final String EXPECTED =
            "a readable file of " + ForceKey.SHORTEST + " to " + ForceKeyFile.MAX_BYTES + " bytes";

    /** No key is near this size; a larger file is the wrong one. */
    private static final int MAX_BYTES = 4096;

    private ForceKeyFile() {}

    /** Returns the key; null when the file is missing, unreadable, too short or too long. Blocks. */
    public static @Nullable ForceKey read(Path file) {
        // Other files, such as pipes, may block the reader forever.
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            return content.length > MAX_BYTES ? null : ForceKey.of(content);
        } catch (IOException unreadable) {
            return null;
        }
    }
}
