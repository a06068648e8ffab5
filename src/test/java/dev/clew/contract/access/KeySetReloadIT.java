package dev.clew.contract.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Call;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.IssuerFiles;
import dev.clew.contract.world.Issuers;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged gateway, whose tenant is reloaded while its issuer's keys are in use. */
class KeySetReloadIT {

    private OwnWorld world;
    private Issuers issuers;

    @BeforeEach
    void start() throws IOException {
        world = OwnWorld.start();
        issuers = Issuers.start(world.folder(), world.echo().port());
    }

    @AfterEach
    void close() throws IOException {
        issuers.close();
        world.close();
    }

    private int status(GatewayProcess gateway, String target) {
        return gateway.send(Call.get(target)
                        .host(IssuerFiles.HOST)
                        .header("Authorization", "Bearer " + issuers.steady.sign(Issuers.claims("ada"))))
                .status();
    }

    @Test
    void keysOutliveTheirTenantsChangesAndEndWithIt() throws IOException {
        Map<String, String> environment = Map.of("CLEW_CONFIG_POLL", "10ms", "OTEL_TRACES_EXPORTER", "none");
        try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment)) {
            Await.until("keys", () -> status(gateway, "/users/x") == 200);
            assertEquals(1, issuers.asked("steady"));

            Path file = world.folder().resolve("tenants/guarded.yaml");
            String text = Files.readString(file);
            for (int i = 1; i <= 3; i++) {
                String added = "/added" + i;
                // The scheme changes too; only its key set stays the same.
                Files.writeString(
                        file,
                        text.replace("audiences: [shop, other]", "audiences: [shop, other" + i + "]")
                                .replace("path: /users/**", "path: " + added + "/**"));
                Await.until("route " + added, () -> status(gateway, added + "/x") == 200);
            }
            assertEquals(1, issuers.asked("steady"));

            Files.delete(file);
            Await.until("release of its key sets", () -> gateway.metrics().sum("clew_key_sets") == 0);
        }
    }
}
