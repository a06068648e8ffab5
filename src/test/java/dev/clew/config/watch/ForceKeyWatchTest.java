package dev.clew.config.watch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.testing.ForceTokens;
import dev.clew.trace.force.ForcedTracing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForceKeyWatchTest {

    private static final String FIRST = "first-key-0123456789abcdef0123456789";
    private static final String SECOND = "second-key-0123456789abcdef012345678";

    @TempDir
    Path folder;

    private final ForcedTracing forced = ForcedTracing.perMinute(100_000);

    private boolean accepts(String key) {
        List<String> tokens = List.of(ForceTokens.valid("acme", key));
        return forced.admits(tokens, "acme", System.currentTimeMillis() / 1000, System.nanoTime());
    }

    private void assertAccepted(ForceKeyWatch watch, String key) {
        watch.check();
        assertTrue(accepts(key));
    }

    @Test
    void takesANewKeyInPlaceOfTheOld() throws IOException {
        Path file = Files.writeString(folder.resolve("force.key"), FIRST + "\n");
        ForceKeyWatch watch = new ForceKeyWatch(file, forced);
        assertTrue(accepts(FIRST));
        Files.writeString(file, SECOND);
        assertAccepted(watch, SECOND);
        assertFalse(accepts(FIRST));
    }

    @Test
    void followsASecretThatChangesByItsLinks() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("..1")).resolve("force.key"), FIRST);
        Files.writeString(Files.createDirectory(folder.resolve("..2")).resolve("force.key"), SECOND);
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Path file = Files.createSymbolicLink(folder.resolve("force.key"), Path.of("..data/force.key"));
        ForceKeyWatch watch = new ForceKeyWatch(file, forced);
        assertTrue(accepts(FIRST));
        Path next = Files.createSymbolicLink(folder.resolve("..next"), Path.of("..2"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        assertAccepted(watch, SECOND);
        assertFalse(accepts(FIRST));
    }

    @Test
    void acceptsNothingWhileTheFileIsNotUsable() throws IOException {
        Path file = folder.resolve("force.key");
        ForceKeyWatch watch = new ForceKeyWatch(file, forced);
        assertFalse(accepts(FIRST), "no file");
        Files.writeString(file, FIRST);
        assertAccepted(watch, FIRST);
        Files.writeString(file, "too short");
        watch.check();
        assertFalse(accepts(FIRST));
        Files.writeString(file, FIRST);
        assertAccepted(watch, FIRST);
        Files.write(file, new byte[5000]);
        watch.check();
        assertFalse(accepts(FIRST));
        Files.delete(file);
        Files.createDirectory(file);
        assertFalse(accepts(FIRST), "a folder");
    }
}
