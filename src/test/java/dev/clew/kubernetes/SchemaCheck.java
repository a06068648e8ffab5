package dev.clew.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The OpenAPI schemas of Kubernetes and of the Prometheus operator, fetched by {@code .ci/schema}. */
final class SchemaCheck {

    private static final Path FETCHED = Path.of("target/schema/node_modules");

    private SchemaCheck() {}

    static void assumeSchema() throws IOException, InterruptedException {
        boolean found = Files.isDirectory(FETCHED);
        try {
            found = found && violations("") != null;
        } catch (IOException noNode) {
            found = false;
        }
        assumeTrue(found, "needs Node.js and the files fetched by .ci/schema");
    }

    /** Returns violations as {@code kind name: message}. */
    static List<String> violations(String documents) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("node", ".ci/schema.mjs", FETCHED.toString())
                .redirectErrorStream(true)
                .start();
        try (OutputStream input = process.getOutputStream()) {
            new ObjectMapper().writeValue(input, Manifests.documents(documents));
        }
        List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join("\n", said));
        }
        return said;
    }
}
