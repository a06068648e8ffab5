package dev.clew.contract.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.kubernetes.Kustomize;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged gateway with the files and variables of the folders that have tenants. */
class OverlayStartIT {

    private static final Pattern COMPLAINT = Pattern.compile(" (WARN|ERROR) ");

    /** Depends on the machine that runs the tests, not on the manifests. */
    private static final String MACHINE = "file descriptors";

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/development"})
    void startsReadyAndWithoutAComplaint(String folder) throws Exception {
        Kustomize.assumeKubectl();
        Cluster cluster = Cluster.of(Kustomize.rendered(Path.of("kubernetes", folder)));
        try (Pod pod = new Pod(cluster)) {
            assertEquals(200, pod.gateway().metrics().readiness());
            assertEquals(
                    List.of(),
                    pod.gateway().output().stream()
                            .filter(line -> COMPLAINT.matcher(line).find() && !line.contains(MACHINE))
                            .toList());
        }
    }
}
