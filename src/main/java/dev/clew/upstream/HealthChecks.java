package dev.clew.upstream;

import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.HealthCheck;
import dev.clew.upstream.wire.StrictResponses;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Active health checks of one upstream's addresses; independent of requests and of any trace. */
final class HealthChecks {

    static final String USER_AGENT = "clew-health-check";

    /** Connections to one address: a check may begin before the close of the previous one's connection is reported. */
    private static final int AT_ONCE = 2;

    private final HealthCheck check;
    private final Targets targets;
    private final Circuit circuit;
    private final ContextInternal control;
    private final ClientFactory factory;
    private final UpstreamMetrics metrics;
    /** Both are accessed on the control loop only. */
    private final Map<Target, HttpClient> clients = new HashMap<>();

    private final Set<Target> pending = new HashSet<>();

    HealthChecks(
            HealthCheck check,
            Targets targets,
            Circuit circuit,
            ContextInternal control,
            ClientFactory factory,
            UpstreamMetrics metrics) {
        this.check = check;
        this.targets = targets;
        this.circuit = circuit;
        this.control = control;
        this.factory = factory;
        this.metrics = metrics;
    }

    /** Checks all addresses. Called on the control loop. */
    void run() {
        List.copyOf(clients.keySet()).stream().filter(Target::isRetired).forEach(this::closeClient);
        for (Target target : targets.all()) {
            if (pending.add(target)) {
                new Check(target).begin();
            }
        }
    }

    private HttpClient client(Target target) {
        return clients.computeIfAbsent(target, added -> control.owner()
                .httpClientBuilder()
                .with(factory.options(added.endpoint()).setKeepAlive(false).setHttp2MultiplexingLimit(1))
                .with(new PoolOptions().setHttp1MaxSize(AT_ONCE).setHttp2MaxSize(AT_ONCE))
                .withConnectHandler(factory.responses())
                .build());
    }

    private void closeClient(Target target) {
        HttpClient client = clients.remove(target);
        if (client != null) {
            client.close();
        }
    }

    /** One check of one address, over a new connection: a pooled one would not prove that the address accepts any. */
    private final class Check {

        private final Target target;
        private final long began = System.nanoTime();
        private final long timer;
        private @Nullable HttpConnection connection;
        private boolean ended;

        Check(Target target) {
            this.target = target;
            this.timer = control.setTimer(check.timeout().toMillis(), late -> expire());
        }

        void begin() {
            Endpoint endpoint = target.endpoint();
            RequestOptions options = new RequestOptions()
                    .setServer(target.address())
                    .setHost(target.serverName())
                    .setPort(endpoint.port())
                    .setSsl(endpoint.tls())
                    .setURI(check.path())
                    .putHeader(HttpHeaders.USER_AGENT, USER_AGENT);
            ClientRequests.open(client(target), options).onSuccess(this::send).onFailure(unreachable -> end(false));
        }

        /**
         * Closes the client as well if no connection was established: Vert.x waits for an HTTP/2 server's first frame
         * as long as the connection is open, and reserves a place in the pool for it.
         */
        private void expire() {
            boolean connecting = connection == null;
            end(false);
            if (connecting) {
                closeClient(target);
            }
        }

        private void send(HttpClientRequest request) {
            connection = request.connection();
            if (ended) {
                StrictResponses.end(connection);
                return;
            }
            request.exceptionHandler(gone -> end(false));
            request.response().onSuccess(this::read).onFailure(gone -> end(false));
            request.end();
        }

        /** Discards the body, which is not evaluated and may be of any size. */
        private void read(HttpClientResponse response) {
            response.exceptionHandler(gone -> end(false));
            response.endHandler(end -> end(check.passes(response.statusCode())));
        }

        private void end(boolean passed) {
            if (ended) {
                return;
            }
            ended = true;
            control.owner().cancelTimer(timer);
            if (connection != null) {
                StrictResponses.end(connection);
            }
            pending.remove(target);
            metrics.checked(passed);
            targets.checked(target, check, passed, circuit::close);
            if (!passed) {
                Endpoint endpoint = target.endpoint();
                metrics.checkFailed(endpoint.host(), endpoint.port(), System.nanoTime() - began);
            }
        }
    }

    void close() {
        control.runOnContext(now -> clients.values().forEach(HttpClient::close));
    }
}
