package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.GatewayProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged gateway's command line, as its users call it. */
class CommandLineIT {

    private static final String TENANT =
            """
            hosts: [acme.test]
            routes:
              - name: hello
                match: {path: /hello}
                respond: {status: 204}
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeTenant() throws IOException {
        file = Files.writeString(
                Files.createDirectories(folder.resolve("tenants")).resolve("acme.yaml"), TENANT);
    }

    private static Ended run(String... arguments) throws IOException, InterruptedException {
        return GatewayProcess.run(Map.of(), arguments);
    }

    @Test
    void filesAreCheckedAndRequestsExplainedWithoutAGateway() throws IOException, InterruptedException {
        Ended valid = run("validate", folder.toString());
        assertEquals("1 tenant would be served, no problems", valid.output().strip());
        assertEquals(0, valid.code());

        Ended explained = run("explain", folder.toString(), "--host", "acme.test", "--path", "/hello");
        assertTrue(
                explained.output().startsWith("`acme` › route `hello` › the gateway responds 204"), explained::output);

        Files.writeString(file, TENANT.replace("respond:", "respnd:"));
        Ended invalid = run("validate", folder.toString());
        assertTrue(
                invalid.output().startsWith("tenants/acme.yaml:5:5: error: routes[0].respnd: unknown key"),
                invalid::output);
        assertEquals(1, invalid.code());
    }

    @Test
    void helpStartsNoGateway() throws IOException, InterruptedException {
        assertTrue(run("--help").output().contains("Usage: clew"));
        assertTrue(run("--version").output().startsWith("clew "));
        assertEquals(2, run("no-such-command").code());
    }

    @Test
    void aRunningGatewayIsAsked() throws IOException, InterruptedException {
        try (GatewayProcess gateway = GatewayProcess.start(folder, Map.of())) {
            String url = "http://127.0.0.1:" + gateway.managementPort();

            assertEquals(0, run("diff", folder.toString(), "--gateway", url).code());
            Path next = Files.createDirectories(folder.resolve("next/tenants"));
            Files.copy(file, next.resolve("acme.yaml"));
            Files.writeString(next.resolve("globex.yaml"), TENANT.replace("acme", "globex"));
            assertEquals(
                    "+ globex tenant",
                    run("diff", next.getParent().toString(), "--gateway", url)
                            .output()
                            .strip());
            assertEquals(0, run("config", "show", "--gateway", url).code());
            assertEquals(0, run("coverage", "--gateway", url).code());
            assertEquals(
                    1, run("coverage", "--fail-under", "99", "--gateway", url).code());
            assertEquals(
                    1,
                    run("trace", "4bf92f3577b34da6a3ce929d0e0e4736", "--gateway", url)
                            .code());
        }
    }
}
