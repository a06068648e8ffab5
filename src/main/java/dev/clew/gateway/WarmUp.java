package dev.clew.gateway;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.upstream.UpstreamPools;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The warm-up before the first port opens, so that a client's first request is as fast as its later ones: the gateway
 * serves some requests of its own, and begins to connect to upstreams. Never makes a start fail.
 */
@Singleton
public class WarmUp {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final int ROUNDS = 25;

    private final Duration bound;
    private final int upstreams;

    /**
     * Bounds of the warm-up.
     *
     * @param bound on the whole of it; zero for none
     * @param upstreams the most to connect to
     */
    WarmUp(
            @ConfigProperty(name = "clew.warm-up.time", defaultValue = "10s") Duration bound,
            @ConfigProperty(name = "clew.warm-up.upstreams", defaultValue = "64") int upstreams) {
        this.bound = bound;
        this.upstreams = upstreams;
    }

    void begin(
            @Observes StartupEvent event,
            Vertx vertx,
            LoadedConfiguration configuration,
            UpstreamPools pools,
            RehearsalPipeline pipeline) {
        if (bound.isZero() || LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        // Beside the rest: nobody waits for an upstream.
        pools.connect(configuration.snapshot(), upstreams, bound);
        if (ImageMode.current() == ImageMode.JVM) {
            // An executable is compiled already, and serves within a fraction of that time.
            rehearse(new Rehearsal(vertx), pipeline);
        }
    }

    private void rehearse(Rehearsal rehearsal, RehearsalPipeline pipeline) {
        long began = System.nanoTime();
        try {
            int port = await(rehearsal.snapshot().compose(snapshot -> rehearsal.open(pipeline.open(snapshot))), began);
            for (int round = 0; round < ROUNDS; round++) {
                await(rehearsal.round(port), began);
            }
        } catch (TimeoutException late) {
            LOG.debugf("the warm-up ends early, as it took %s", bound);
        } catch (ExecutionException | RuntimeException fault) {
            LOG.infof("the warm-up ends early; requests are served all the same: %s", fault);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            rehearsal.close();
            pipeline.close();
        }
        LOG.infof(
                "warmed up by %d requests in %d ms",
                rehearsal.responses(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private <T> T await(Future<T> future, long began)
            throws ExecutionException, InterruptedException, TimeoutException {
        long left = bound.toNanos() - (System.nanoTime() - began);
        return future.toCompletionStage().toCompletableFuture().get(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
}
