package dev.clew.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Renders the folders of {@code kubernetes/} with {@code kubectl}: the one fetched by {@code .ci/kubectl}, or the
 * machine's own.
 */
public final class Kustomize {

    private Kustomize() {}

    /** Returns the folders that can be applied. */
    static List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>(List.of(Manifests.FOLDER, Manifests.FOLDER.resolve("base")));
        folders.addAll(in("overlays"));
        return folders;
    }

    static List<Path> in(String parent) throws IOException {
        try (Stream<Path> folders = Files.list(Manifests.FOLDER.resolve(parent))) {
            return folders.sorted().toList();
        }
    }

    /** Copies the manifests, next to which an overlay may stand. */
    static Path copy(Path work) throws IOException {
        Path to = work.resolve("kubernetes");
        try (Stream<Path> all = Files.walk(Manifests.FOLDER)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(Manifests.FOLDER.relativize(path).toString()));
            }
        }
        return to;
    }

    /** Returns the objects that {@code kubectl apply -k} of this folder applies. */
    public static Manifests rendered(Path folder) throws Exception {
        return new Manifests(Manifests.parse(text(folder)));
    }

    static String text(Path folder) throws Exception {
        Path said = Files.createTempFile("kustomize", ".log");
        Process process = new ProcessBuilder(kubectl(), "kustomize", folder.toString())
                .redirectError(said.toFile())
                .start();
        String rendered = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), folder + ": " + Files.readString(said));
        Files.delete(said);
        return rendered;
    }

    private static String kubectl() {
        Path fetched = Path.of("target/kubectl/kubectl");
        return Files.isExecutable(fetched) ? fetched.toAbsolutePath().toString() : "kubectl";
    }

    /** Skips the test if there is no {@code kubectl}. */
    public static void assumeKubectl() throws InterruptedException {
        boolean found;
        try {
            found = new ProcessBuilder(kubectl(), "kustomize", "--help")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            found = false;
        }
        assumeTrue(found, "needs kubectl, 1.21 or later; .ci/kubectl fetches one");
    }
}
