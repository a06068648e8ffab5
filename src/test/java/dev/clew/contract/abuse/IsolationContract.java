package dev.clew.contract.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import dev.clew.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three bad neighbours at once: a flooding client, a stalled upstream, a broken file. A fourth tenant is not affected.
 */
@ExtendWith(NeverBlocked.class)
abstract class IsolationContract extends Contract {

    private static final String GOOD = "preserve.test";
    private static final String FLOODING = "rated-apart.test";
    private static final String BROKEN = "broken.test";

    private static final int FLOODERS = 4;
    private static final int HANGING = 80;
    private static final int REQUESTS = 300;

    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noRequestOfAnotherTenantFails() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(FLOODERS);
        List<RawClient> hanging = new ArrayList<>();
        try {
            List<Future<Integer>> floods = new ArrayList<>();
            for (int i = 0; i < FLOODERS; i++) {
                floods.add(threads.submit(this::flood));
            }
            String marker = marker();
            for (int i = 0; i < HANGING; i++) {
                hanging.add(connect().send(Call.get("/hand/" + marker).host(StreamFiles.HOST)));
            }
            Await.until("hanging requests", () -> world.hand().count(marker) == HANGING);
            send(Call.get("/any/x").host(BROKEN)).assertProblem(404, "unknown-host");

            for (int i = 0; i < REQUESTS / 2; i++) {
                assertEquals(
                        "/x" + i,
                        send(Call.get("/any/x" + i).host(GOOD)).echoed().uri());
            }
            try (RawClient kept = connect()) {
                for (int i = 0; i < REQUESTS / 2; i++) {
                    kept.send(Call.get("/any/y" + i).host(GOOD));
                    assertEquals("/y" + i, kept.read().echoed().uri());
                }
            }
            over.set(true);
            for (Future<Integer> flood : floods) {
                assertTrue(flood.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS) > 0, "the flood was rejected");
            }
        } finally {
            over.set(true);
            threads.shutdown();
            hanging.forEach(RawClient::close);
        }
        new Metrics(world.managementPort()).awaitNoneActive();
        assertEquals(0, rejectedOf("preserve"));
        world.assertNoEventLoopBlocked();
    }

    /** Exceeds the tenant's limits, with a connection for each request; returns the number of rejections. */
    private int flood() {
        int rejected = 0;
        while (!over.get()) {
            rejected += send(Call.get("/any/x").host(FLOODING)).status() == 429 ? 1 : 0;
        }
        return rejected;
    }

    private double rejectedOf(String tenant) {
        Metrics metrics = new Metrics(world.managementPort());
        return metrics.sum("clew_requests_seconds_count", "tenant=\"" + tenant + "\"", "error=\"rate-limited\"")
                + metrics.sum("clew_requests_seconds_count", "tenant=\"" + tenant + "\"", "error=\"upstream-busy\"")
                + metrics.sum(
                        "clew_requests_seconds_count", "tenant=\"" + tenant + "\"", "error=\"concurrency-limited\"");
    }
}
