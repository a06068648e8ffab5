package dev.clew.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigCheck;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.config.watch.Sources;
import dev.clew.management.Viewer;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemViewsTest {

    @TempDir
    Path folder;

    private JsonObject problems(Viewer viewer) throws IOException {
        Path tenants = Files.createDirectories(folder.resolve("tenants"));
        Path gateway = Files.createDirectories(folder.resolve("gateway"));
        Files.writeString(
                gateway.resolve("gateway.yaml"),
                "destinations:\n  globex-apm: {endpoint: \"http://127.0.0.1:4318\"}\n");
        for (String tenant : new String[] {"aardvark", "acme"}) {
            Files.writeString(
                    tenants.resolve(tenant + ".yaml"),
                    """
                    hosts: [shop.test]
                    tracing: {export-to: [globex-apn]}
                    upstreams: {echo: {endpoints: ["http://127.0.0.1:9"]}}
                    routes: [{name: any, match: {path: /**}, upstream: echo}]
                    """);
        }
        ConfigCheck check = ConfigCheck.of(folder, name -> null);
        LoadedConfiguration loaded = new LoadedConfiguration(
                GatewaySettings.STANDARD, check.snapshot(), check.problems(), List.of(), List.of(), Sources.NONE);
        return new ProblemViews(() -> loaded)
                .list(new ApiRequest(
                        "/api/v1/problems", "", Map.of(), MultiMap.caseInsensitiveMultiMap(), viewer, null));
    }

    @Test
    void whoSeesOneTenantReadsNoNameOfAnother() throws IOException {
        String shown = problems(Viewer.of(Set.of("acme"))).encode();
        assertTrue(shown.contains("a host of this tenant only") && shown.contains("is no destination"), shown);
        assertFalse(shown.contains("aardvark") || shown.contains("globex-apm"), shown);
    }

    @Test
    void whoSeesAllReadsWhereTheHostIsToo() throws IOException {
        String shown = problems(Viewer.OF_ALL).encode();
        assertTrue(shown.contains("also in tenants/aardvark.yaml") && shown.contains("globex-apm"), shown);
    }
}
