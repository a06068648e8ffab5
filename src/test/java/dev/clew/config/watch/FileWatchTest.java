package dev.clew.config.watch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    private final FileWatch watch = new FileWatch();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(folder.resolve("file"), "one");
        assertFalse(look());
        assertTrue(look(), "the content read before the first look-up is unknown");
        assertFalse(look());
    }

    private boolean look() {
        return watch.look(Set.of(file));
    }

    private void assertNoticedOnce() {
        assertFalse(look(), "it may still be written");
        assertTrue(look());
        assertFalse(look());
    }

    @Test
    void noticesWhatIsWrittenOver() throws IOException {
        Files.writeString(file, "two");
        assertNoticedOnce();
    }

    @Test
    void waitsForAWriterToFinish() throws IOException {
        Files.writeString(file, "");
        assertFalse(look());
        Files.writeString(file, "tw");
        assertFalse(look());
        Files.writeString(file, "two");
        assertNoticedOnce();
    }

    @Test
    void doesNotNoticeWhatHoldsTheSame() throws IOException {
        Files.delete(file);
        assertFalse(look());
        Files.writeString(file, "one");
        assertFalse(look());
        assertFalse(look());
    }

    @Test
    void noticesAFileThatGoesAndOneThatComes() throws IOException {
        Files.delete(file);
        assertNoticedOnce();
        Files.writeString(file, "one");
        assertNoticedOnce();
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotWaitForWhoeverWritesToAPipe() throws Exception {
        Files.delete(file);
        Process make = new ProcessBuilder("mkfifo", file.toString()).start();
        assumeTrue(make.waitFor() == 0, "this system has no named pipes");
        assertNoticedOnce();
    }

    /** The kubelet's update: {@code file -> ..data/file}, {@code ..data -> ..1}, then a new {@code ..data} over it. */
    @Test
    void noticesThatALinkLeadsElsewhere() throws IOException {
        Files.delete(file);
        for (String version : new String[] {"..1", "..2"}) {
            Files.createDirectory(folder.resolve(version));
            Files.writeString(folder.resolve(version).resolve("file"), version);
        }
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(file, Path.of("..data", "file"));
        assertNoticedOnce();
        Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
        Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertNoticedOnce();
    }
}
