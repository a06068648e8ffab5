package dev.clew.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Opens what the build has made, JVM or native: the jars that are run, or those the native executable is made from. */
class PackagedBuildIT {

    private static final Path BUILD = Path.of("target");

    @Test
    void holdsTheGatewayAndNothingOfTheDemo() throws IOException {
        List<String> entries = new ArrayList<>();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream().map(JarEntry::getName).forEach(entries::add);
            }
        }
        assertTrue(
                entries.contains("dev/clew/gateway/RequestPipeline.class"), "the gateway is not in the packaged build");
        assertEquals(
                List.of(),
                entries.stream()
                        .filter(name -> name.startsWith("dev/clew/demo"))
                        .toList(),
                "entries of the demo; name them in application.properties, under Packaging");
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> folders = Files.list(BUILD)) {
            return folders.filter(folder -> folder.endsWith("quarkus-app")
                            || folder.getFileName().toString().endsWith("-native-image-source-jar"))
                    .flatMap(PackagedBuildIT::jarsIn)
                    .toList();
        }
    }

    private static Stream<Path> jarsIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
