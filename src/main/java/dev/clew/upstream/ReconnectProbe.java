package dev.clew.upstream;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Probes an upstream whose circuit is open because no connection could be established, and closes the circuit on
 * success even if no request arrives to test it. Sends no data; not part of any trace.
 */
final class ReconnectProbe {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Targets targets;
    private final ContextInternal control;
    private final ClientFactory clients;
    /** All are accessed on the control loop only. */
    private boolean waiting;

    private boolean closed;
    private int turn;

    ReconnectProbe(Targets targets, ContextInternal control, ClientFactory clients) {
        this.targets = targets;
        this.control = control;
        this.clients = clients;
    }

    /** Probes at each interval while the circuit is unreachable. */
    void start(Circuit circuit) {
        control.runOnContext(now -> wait(circuit));
    }

    private void wait(Circuit circuit) {
        if (!waiting && !closed && circuit.isUnreachable()) {
            waiting = true;
            control.setTimer(INTERVAL.toMillis(), now -> {
                waiting = false;
                probe(circuit);
            });
        }
    }

    private void probe(Circuit circuit) {
        if (!closed && circuit.isUnreachable()) {
            connect(connected -> {
                if (connected && circuit.isUnreachable()) {
                    circuit.close();
                } else {
                    wait(circuit);
                }
            });
        }
    }

    /**
     * Connects to the next address in turn, and closes the connection. Called on the control loop.
     *
     * @param whenEnded receives whether the connection was established, TLS handshake included
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing to do once the client has closed
    void connect(Consumer<Boolean> whenEnded) {
        List<Target> all = targets.all();
        Target target = all.get(Math.floorMod(turn++, all.size()));
        HttpClientOptions settings = clients.options(target.endpoint());
        HttpClient client = control.owner().createHttpClient(settings);
        RequestOptions options = new RequestOptions()
                // The client's own timeout does not cover the wait for an HTTP/2 server's first frame.
                .setConnectTimeout(settings.getConnectTimeout())
                .setServer(target.address())
                .setHost(target.serverName())
                .setPort(target.endpoint().port())
                .setSsl(target.endpoint().tls());
        client.request(options).onComplete(connection -> {
            client.close();
            whenEnded.accept(connection.succeeded());
        });
    }

    void close() {
        control.runOnContext(now -> closed = true);
    }
}
