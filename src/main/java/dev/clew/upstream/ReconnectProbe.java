package dev.clew.upstream;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Connects to an upstream whose circuit is open for want of a connection, so that it closes, and nobody is called for
 * it, also while no request comes that would try. Sends nothing, and is no part of any trace.
 */
final class ReconnectProbe {

    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Targets targets;
    private final ContextInternal control;
    private final ClientFactory clients;
    /** All are touched on the control loop only. */
    private boolean waiting;

    private boolean closed;
    private int turn;

    ReconnectProbe(Targets targets, ContextInternal control, ClientFactory clients) {
        this.targets = targets;
        this.control = control;
        this.clients = clients;
    }

    /** Knocks from now on for as long as the circuit is unreachable. */
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
     * Connects to one of the addresses, another each time, and lets go of the connection. To be called on the control
     * loop.
     *
     * @param whenEnded is told whether a connection stood, TLS included
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to be done when the client has closed
    void connect(Consumer<Boolean> whenEnded) {
        List<Target> all = targets.all();
        Target target = all.get(Math.floorMod(turn++, all.size()));
        HttpClientOptions settings = clients.options(target.endpoint());
        HttpClient client = control.owner().createHttpClient(settings);
        RequestOptions options = new RequestOptions()
                // Beside the client's own, which does not count the wait for an HTTP/2 server's first frame.
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
