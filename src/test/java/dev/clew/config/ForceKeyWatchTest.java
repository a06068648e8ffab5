package dev.clew.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.testing.ForceTokens;
import dev.clew.trace.force.ForcedTracing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForceKeyWatchTest {

    private static final String FIRST = "first-key-0123456789abcdef0123456789";
    private static final String SECOND = "second-key-0123456789abcdef012345678";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    Path folder;

    private final ForcedTracing forced = ForcedTracing.perMinute(100_000);

    private boolean accepts(String key) {
        List<String> tokens = List.of(ForceTokens.valid("acme", key));
        return forced.admits(tokens, "acme", System.currentTimeMillis() / 1000, System.nanoTime());
    }

    private void awaitAccepted(String key) {
        await(key, true);
    }

    private void await(String key, boolean accepted) {
        long deadline = System.nanoTime() + PATIENCE;
        while (accepts(key) != accepted) {
            assertTrue(System.nanoTime() - deadline < 0, "the change of the file was not seen");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private ForceKeyWatch watch(Path file) {
        return ForceKeyWatch.start(file, forced, Duration.ofMillis(2));
    }

    @Test
    void takesANewKeyInPlaceOfTheOld() throws IOException {
        Path file = Files.writeString(folder.resolve("force.key"), FIRST + "\n");
        try (ForceKeyWatch watch = watch(file)) {
            assertTrue(accepts(FIRST));
            Files.writeString(file, SECOND);
            awaitAccepted(SECOND);
            assertFalse(accepts(FIRST));
        }
    }

    @Test
    void followsASecretThatChangesByItsLinks() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("..1")).resolve("force.key"), FIRST);
        Files.writeString(Files.createDirectory(folder.resolve("..2")).resolve("force.key"), SECOND);
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Path file = Files.createSymbolicLink(folder.resolve("force.key"), Path.of("..data/force.key"));
        try (ForceKeyWatch watch = watch(file)) {
            assertTrue(accepts(FIRST));
            Path next = Files.createSymbolicLink(folder.resolve("..next"), Path.of("..2"));
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
            awaitAccepted(SECOND);
            assertFalse(accepts(FIRST));
        }
    }

    @Test
    void acceptsNothingWhileTheFileIsNotUsable() throws IOException {
        Path file = folder.resolve("force.key");
        try (ForceKeyWatch watch = watch(file)) {
            assertFalse(accepts(FIRST), "no file");
            Files.writeString(file, FIRST);
            awaitAccepted(FIRST);
            Files.writeString(file, "too short");
            await(FIRST, false);
            Files.writeString(file, FIRST);
            awaitAccepted(FIRST);
            Files.write(file, new byte[5000]);
            await(FIRST, false);
            Files.delete(file);
            Files.createDirectory(file);
            assertFalse(accepts(FIRST), "a folder");
        }
    }
}
