package dev.clew.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs after packaging, which is when the Kubernetes extension writes. */
class GeneratedManifestsIT {

    @Test
    void findsTheCommittedManifestsInStepWithTheBuild() throws IOException {
        Path committed = Manifests.FOLDER.resolve("kubernetes.yml");
        String generated = Files.readString(Path.of("target/kubernetes/kubernetes.yml"));
        if (Boolean.getBoolean("clew.manifests.write")) {
            Files.writeString(committed, generated);
        }

        assertEquals(
                generated,
                Files.readString(committed),
                committed + " is out of step; write it anew with ./mvnw verify -Dclew.manifests.write=true");
    }
}
