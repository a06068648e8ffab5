package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Fleet;
import dev.clew.contract.world.FleetFiles;
import dev.clew.contract.world.Metrics;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The common part of contracts about upstreams; each has its own upstreams. */
abstract class FleetContract extends Contract {

    Fleet fleet;

    static Call get(String path) {
        return Call.get(path).host(FleetFiles.HOST);
    }

    /** Returns the name of the replica that responded. */
    String served(String path) {
        return served(get(path));
    }

    String served(Call call) {
        RawResponse response = send(call);
        assertEquals(200, response.status(), response::toString);
        return response.body();
    }

    /** Returns how many of these requests each replica received. */
    Map<String, Integer> spread(String path, int requests) {
        Map<String, Integer> spread = new TreeMap<>();
        try (RawClient client = connect()) {
            for (int i = 0; i < requests; i++) {
                RawResponse response = client.send(get(path)).read();
                assertEquals(200, response.status(), response::toString);
                spread.merge(response.body(), 1, Integer::sum);
            }
        }
        return spread;
    }

    /** Returns the tenant of these upstreams; another may have upstreams of the same name. */
    String tenant() {
        return "fleet";
    }

    double metric(String name, String upstream, String... labels) {
        String[] all = Arrays.copyOf(labels, labels.length + 2);
        all[labels.length] = "upstream=\"" + upstream + '"';
        all[labels.length + 1] = "tenant=\"" + tenant() + '"';
        return new Metrics(world.managementPort()).sum(name, all);
    }
}
