package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The queries offered in the reference. */
abstract class WatchingContract extends Contract {

    private static final Pattern METRIC = Pattern.compile("clew_[a-z_]+");

    @Test
    void queriesNameMetricsThatThereAre() throws IOException {
        send(Call.get("/items/1/detail"));
        Set<String> named = new TreeSet<>();
        for (String file : List.of(
                "docs/watching.md", "docs/alerts.yml", "kubernetes/components/monitoring/dashboards/clew.json")) {
            METRIC.matcher(Files.readString(Path.of(file)))
                    .results()
                    .map(MatchResult::group)
                    .forEach(named::add);
        }
        assertTrue(named.size() >= 8, named::toString);
        try {
            Await.until("metrics", () -> present().containsAll(named));
        } catch (AssertionError late) {
            named.removeAll(present());
            throw new AssertionError("missing: " + named, late);
        }
    }

    private Set<String> present() {
        return new Metrics(world.managementPort())
                .page("/q/metrics")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }
}
