package dev.clew.gateway;

import dev.clew.api.Api;
import dev.clew.api.GatewayView;
import dev.clew.api.PeerStreams;
import dev.clew.api.Peers;
import dev.clew.api.Replica;
import dev.clew.api.Statistics;
import dev.clew.api.TraceLinks;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.export.Exports;
import dev.clew.export.OtelSettings;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.report.TelemetryPage;
import dev.clew.journal.Journal;
import dev.clew.listener.NetworkStack;
import dev.clew.observe.AccessLine;
import dev.clew.observe.Coverage;
import dev.clew.tenant.Tenants;
import dev.clew.upstream.UpstreamPools;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.quarkus.runtime.ImageMode;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Assembles the API on the management port, and counts requests per minute for it. */
@Singleton
public class ApiAssembly {

    private static final List<String> RESOURCE =
            List.of("service.name", "service.version", "service.namespace", "service.instance.id");

    private final Vertx vertx;
    private final ReplicaSettings replicas;
    private final Statistics statistics;
    private final Instant started = Clock.systemUTC().instant();
    private Runnable whenClosed = () -> {};
    private volatile boolean closed;

    ApiAssembly(Vertx vertx, ReplicaSettings replicas, MeterRegistry meters) {
        this.vertx = vertx;
        this.replicas = replicas;
        this.statistics = new Statistics(meters, Clock.systemUTC());
    }

    void mount(
            @Observes ManagementInterface management,
            ConfigDirectory directory,
            ConfigStatus config,
            Journal journal,
            UpstreamPools pools,
            Exports exports,
            LogQueue log,
            Tenants tenants,
            SpanOrigin origin,
            OtelSettings otel,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        Replica self = new Replica(replicas.name(), UUID.randomUUID().toString());
        TelemetryPage page = new TelemetryPage(exports, log::lost);
        GatewayView gateway = new GatewayView(
                new GatewayView.Facts(version, mode(), started, NetworkStack.of(vertx), self),
                config::current,
                () -> new GatewayView.Changes(config.appliedAt(), config.neededRestart()),
                () -> new JsonObject(page.json()),
                Clock.systemUTC());
        Peers peers = new Peers(vertx, self, replicas.peers(), replicas.port());
        PeerStreams streams = new PeerStreams(vertx, self, replicas.peers(), replicas.port());
        Api.Sources sources = new Api.Sources(
                config::current,
                directory.environment(),
                () -> new JsonObject(page.json()),
                journal,
                pools,
                new Coverage(meters),
                statistics,
                otel.propagators());
        Api.Presentation presentation = new Api.Presentation(
                config.started().settings().responseHeaders(),
                resource(origin),
                new AccessLine(config.started().settings().accessLog().fields()),
                new TraceLinks(() -> config.current().sources().traceLinks(), tenants::current));
        Api.routes(vertx, sources, presentation, gateway, peers, streams).mountOn(management.router());
        count();
        whenClosed = () -> {
            peers.close();
            streams.close();
        };
    }

    private static String mode() {
        return ImageMode.current() == ImageMode.JVM ? "jvm" : "native";
    }

    private static Map<String, String> resource(SpanOrigin origin) {
        Map<String, String> resource = new LinkedHashMap<>();
        for (String name : RESOURCE) {
            String value = origin.resource().getAttribute(AttributeKey.stringKey(name));
            if (value != null) {
                resource.put(name, value);
            }
        }
        return resource;
    }

    /** Ends each minute of the statistics, on a worker: all meters are read. */
    private void count() {
        if (closed) {
            return;
        }
        vertx.setTimer(statistics.untilNextMillis(), over -> vertx.executeBlocking(
                        () -> {
                            statistics.tick();
                            return null;
                        },
                        false)
                .onComplete(done -> count()));
    }

    /** Ends what Vert.x would go on with: in development mode, it outlives the gateway. */
    @PreDestroy
    void close() {
        closed = true;
        whenClosed.run();
    }

    /** The setting of this replica and the others. */
    @Singleton
    static final class ReplicaSettings {

        private final List<String> peers;
        private final String name;
        private final int port;

        ReplicaSettings(
                @ConfigProperty(name = "clew.peers") Optional<List<String>> peers,
                @ConfigProperty(name = "clew.replica") Optional<String> name,
                @ConfigProperty(name = "HOSTNAME") Optional<String> host,
                @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int port) {
            this.peers = peers.orElse(List.of());
            this.name = name.or(() -> host).filter(text -> !text.isBlank()).orElse("localhost:" + port);
            this.port = port;
        }

        List<String> peers() {
            return peers;
        }

        String name() {
            return name;
        }

        int port() {
            return port;
        }
    }
}
