package dev.clew.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Inspects the build's output, JVM or native: the jars that run, or those that the native executable is made from. */
class PackagedBuildIT {

    private static final Path BUILD = Path.of("target");

    /** Classes that the annotations of Quarkus's substitutions name, and a method that one replaces. */
    private static final List<String> SUBSTITUTED = List.of(
            "io.vertx.core.impl.VertxBuilder",
            "io.vertx.core.spi.resolver.ResolverProvider",
            "io.netty.handler.ssl.OpenSsl",
            "io.netty.handler.ssl.SslProvider",
            "io.netty.handler.ssl.SslHandler$SslEngineType",
            "newServerContextInternal");

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

    /** With these substitutions, an executable would silently use NIO and the JDK's TLS, and block to resolve names. */
    @Test
    void substitutesNeitherTransportNorResolverNorTls() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : Collections.list(file.entries())) {
                    if (entry.getName().contains("/graal/")
                            && SUBSTITUTED.stream().anyMatch(text(file, entry)::contains)) {
                        found.add(entry.getName());
                    }
                }
            }
        }
        assertEquals(List.of(), found, "missing in quarkus.class-loading.removed-resources");
    }

    private static String text(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
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
