package dev.clew.linkage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks that the packaged jars contain every class and member that the gateway's code refers to. On a JVM, a missing
 * one fails late, in a request; a native compiler rejects it, and so does this test, without one.
 */
class LinkageIT {

    /** Optional classes and members that may be missing, by the beginning of the name, with the reason. */
    private static final Map<String, String> OPTIONAL = Map.ofEntries(
            Map.entry("com.github.luben.zstd.", "Netty compresses with it if it is there"),
            Map.entry("com.jcraft.jzlib.", "Netty uses it in place of the JDK's zlib on request only"),
            Map.entry("org.conscrypt.", "TLS by Netty and OkHttp, which first look whether it is there"),
            Map.entry("org.bouncycastle.", "TLS and PEM by Netty and OkHttp, which first look whether it is there"),
            Map.entry("org.openjsse.", "TLS by OkHttp, which first looks whether it is there"),
            Map.entry("org.eclipse.jetty.", "ALPN before JDK 9, by Netty"),
            Map.entry("org.apache.log4j.", "JBoss Logging's provider for it; JBoss LogManager is found first"),
            Map.entry("org.apache.logging.log4j.", "JBoss Logging's provider for it; JBoss LogManager is found first"),
            Map.entry("org.jboss.modules.", "JBoss LogManager names modules of its own kind if there are any"),
            Map.entry("org.graalvm.nativeimage.", "part of every native executable; on a JVM its absence is caught"),
            Map.entry("io.quarkus.launcher.", "starts from an IDE, in Quarkus.run, which tests for a build first"),
            Map.entry("io.netty.util.internal.CleanerJava9.access$000()", "for a SecurityManager, and there is none"));

    private static final Map<String, String> MISSING = new TreeMap<>();

    @BeforeAll
    static void search() throws IOException {
        List<Path> jars = jars();
        Reach reach = new Reach(ClassFiles.of(jars));
        for (Path jar : jars) {
            if (isOwn(jar)) {
                ClassFiles.in(jar).forEach(reach::from);
            }
        }
        MISSING.putAll(reach.missing());
        assertTrue(reach.size() > 10_000, () -> reach.size() + " methods reached");
    }

    @Test
    void thePackagedJarsHaveWhatTheGatewayRefersTo() {
        Map<String, String> needed = new TreeMap<>(MISSING);
        needed.keySet().removeIf(name -> OPTIONAL.keySet().stream().anyMatch(name::startsWith));
        List<String> lines = new ArrayList<>();
        needed.forEach((name, callers) -> lines.add(name + "\n    from " + callers));
        assertTrue(needed.isEmpty(), () -> String.join("\n", lines));
    }

    @Test
    void onlyWhatIsMissingIsListedAsOptional() {
        Set<String> unused = new TreeSet<>(OPTIONAL.keySet());
        unused.removeIf(prefix -> MISSING.keySet().stream().anyMatch(name -> name.startsWith(prefix)));
        // Where a native executable is packaged, Quarkus transforms fewer classes.
        unused.remove("io.netty.util.internal.CleanerJava9.access$000()");
        assertEquals(Set.of(), unused);
    }

    /**
     * Returns whether the jar has the gateway's own or Quarkus's generated classes; libraries are in a folder of that
     * name.
     */
    private static boolean isOwn(Path jar) {
        return !isLibrary(jar) && !isTransformed(jar);
    }

    private static boolean isLibrary(Path jar) {
        return jar.toString().contains("/lib/");
    }

    /** Returns whether the jar has the library classes that Quarkus changed, which precede the libraries. */
    private static boolean isTransformed(Path jar) {
        return jar.endsWith("transformed-bytecode.jar");
    }

    /** Returns the jars that run, or those that the native executable is made from. */
    private static List<Path> jars() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("target"))) {
            Path folder = folders.filter(LinkageIT::isPackaged)
                    .max(Comparator.comparing(one -> one.toFile().lastModified()))
                    .orElseThrow();
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(file -> file.toString().endsWith(".jar") && !file.endsWith("quarkus-run.jar"))
                        .sorted(Comparator.comparing(LinkageIT::isLibrary).thenComparing(jar -> !isTransformed(jar)))
                        .toList();
            }
        }
    }

    private static boolean isPackaged(Path folder) {
        return folder.endsWith("quarkus-app") || folder.getFileName().toString().endsWith("-native-image-source-jar");
    }
}
