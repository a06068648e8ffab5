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
            WarmUpPipeline pipeline) {
        if (bound.isZero() || LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        // In the background: the start does not depend on upstreams.
        pools.connect(configuration.snapshot(), upstreams, bound);
        if (ImageMode.current() == ImageMode.JVM) {
            // A native executable is compiled already, and starts in a fraction of that time.
            run(new WarmUpTraffic(vertx), pipeline);
        }
    }

    private void run(WarmUpTraffic traffic, WarmUpPipeline pipeline) {
        long began = System.nanoTime();
        try {
            int port = await(traffic.snapshot().compose(snapshot -> traffic.open(pipeline.open(snapshot))), began);
            for (int round = 0; round < ROUNDS; round++) {
                await(traffic.round(port), began);
            }
        } catch (TimeoutException late) {
            LOG.debugf("the warm-up reached its bound of %s", bound);
        } catch (ExecutionException | RuntimeException fault) {
            LOG.infof("the warm-up failed, which affects no request: %s", fault);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            traffic.close();
            pipeline.close();
        }
        LOG.infof(
                "warmed up with %d requests in %d ms",
                traffic.responses(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private <T> T await(Future<T> future, long began)
            throws ExecutionException, InterruptedException, TimeoutException {
        long left = bound.toNanos() - (System.nanoTime() - began);
        return future.toCompletionStage().toCompletableFuture().get(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
}
