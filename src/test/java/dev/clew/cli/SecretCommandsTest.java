package dev.clew.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.access.Digest;
import dev.clew.config.gateway.ForceKeyFile;
import dev.clew.trace.force.ForcedTracing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that create keys and tokens. */
class SecretCommandsTest {

    @TempDir
    Path folder;

    private ForcedTracing forced(Path key) {
        ForcedTracing forced = ForcedTracing.perMinute(100);
        forced.use(ForceKeyFile.read(key));
        return forced;
    }

    private static boolean admits(ForcedTracing forced, String token, String tenant) {
        return forced.admits(List.of(token), tenant, Instant.now().getEpochSecond(), System.nanoTime());
    }

    @Test
    void aTokenOfANewKeyIsAccepted() throws IOException {
        Path key = folder.resolve("force.key");
        assertEquals(
                0, CommandRun.of("force-token", "--new-key", key.toString()).code());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertEquals(
                3, CommandRun.of("force-token", "--new-key", key.toString()).code());

        String token = CommandRun.of("force-token", "--key-file", key.toString(), "--tenant", "acme")
                .out()
                .strip();
        String any = CommandRun.of("force-token", "--key-file", key.toString(), "--any-tenant")
                .out()
                .strip();

        ForcedTracing forced = forced(key);
        assertTrue(admits(forced, token, "acme"));
        assertTrue(!admits(forced, token, "globex"));
        assertTrue(admits(forced, any, "globex"));
    }

    @Test
    void aTokenNeedsAKeyATenantAndABoundedTime() throws IOException {
        Path key = Files.writeString(folder.resolve("short.key"), "short");

        assertEquals(
                2, CommandRun.of("force-token", "--key-file", key.toString()).code());
        assertEquals(
                3,
                CommandRun.of("force-token", "--key-file", key.toString(), "--tenant", "a")
                        .code());
        assertEquals(2, CommandRun.of("force-token", "--tenant", "a").code());
        assertEquals(
                2,
                CommandRun.of("force-token", "--key-file", key.toString(), "--tenant", "a", "--valid-for", "25h")
                        .code());
        assertEquals(
                2,
                CommandRun.of("force-token", "--key-file", key.toString(), "--tenant", "A b")
                        .code());
    }

    @Test
    void theDigestOfANewKeyIsItsOwn() {
        List<String> lines = CommandRun.of("hash-key", "--new").lines();

        String key = lines.get(0).substring("key:    ".length());
        String digest = lines.get(1).substring("digest: ".length());
        assertEquals(64, key.length());
        assertEquals(Digest.of(key), Digest.parse(digest));
    }
}
