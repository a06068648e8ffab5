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
 * The warm-up before the first port opens, so that a client's first request is as fast as later ones: the gateway
 * serves requests of its own, and starts connecting to upstreams. Its failure does not prevent the start.
 */
@Singleton
public class WarmUp {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final int ROUNDS = 25;

    private final Duration bound;
    private final int upstreams;

    /**
     * Sets the warm-up's bounds.
     *
     * @param bound on the total time; zero for no warm-up
     * @param upstreams the maximum number to connect to
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
        // In the background: the start does not depend on upstreams.
        pools.connect(configuration.snapshot(), upstreams, bound);
        if (ImageMode.current() == ImageMode.JVM) {
            // A native executable is compiled already, and starts in a fraction of that time.
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
            LOG.debugf("the warm-up reached its bound of %s", bound);
        } catch (ExecutionException | RuntimeException fault) {
            LOG.infof("the warm-up failed, which affects no request: %s", fault);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            rehearsal.close();
            pipeline.close();
        }
        LOG.infof(
                "warmed up with %d requests in %d ms",
                rehearsal.responses(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private <T> T await(Future<T> future, long began)
            throws ExecutionException, InterruptedException, TimeoutException {
        long left = bound.toNanos() - (System.nanoTime() - began);
        return future.toCompletionStage().toCompletableFuture().get(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
}
