package dev.clew.contract.server;

import dev.clew.testing.Await;
import dev.clew.testing.SocketServer;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A service that a test controls: each request waits until the test takes it by text in its head and determines
 * everything else on the connection.
 */
public final class HandUpstream {

    private final List<Turn> arrived = new ArrayList<>();
    private final List<Turn> all = new ArrayList<>();
    private final SocketServer server = SocketServer.start(this::serve);

    public int port() {
        return server.port();
    }

    /** Waits for the request whose head contains a unique text, and takes it. */
    public Turn take(String text) {
        return Await.notNull("request with " + text + " at the upstream", () -> takeArrived(text));
    }

    private synchronized Turn takeArrived(String text) {
        for (Turn turn : arrived) {
            if (turn.head().contains(text)) {
                arrived.remove(turn);
                return turn;
            }
        }
        return null;
    }

    /** Takes a request and responds with 200 and a body. */
    public Turn respond(String text, String body) {
        return take(text).respond(body);
    }

    /** Counts the requests so far with this text, taken or not. */
    public synchronized long count(String text) {
        return all.stream().filter(turn -> turn.head().contains(text)).count();
    }

    /** Reads the requests in turn, each after the test has finished with the previous one. */
    private void serve(Socket connection) throws IOException, InterruptedException {
        connection.setSoTimeout((int) Await.PATIENCE.toMillis() * 6);
        for (String head = Turn.readHead(connection); head != null; head = Turn.readHead(connection)) {
            Turn turn = new Turn(connection, head);
            synchronized (this) {
                arrived.add(turn);
                all.add(turn);
            }
            turn.awaitDone();
        }
    }

    public void close() {
        server.close();
    }
}
