package dev.clew.contract.server;

import dev.clew.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A service that a test plays by hand: each request waits, unanswered, until the test takes it by what its head contains, and
 * whatever then happens on that connection, and when, the test decides.
 */
public final class HandUpstream {

    private final ServerSocket server;
    private final List<Turn> arrived = new ArrayList<>();
    private final List<Turn> all = new ArrayList<>();

    private HandUpstream(ServerSocket server) {
        this.server = server;
    }

    public static HandUpstream start() throws IOException {
        ServerSocket server = new ServerSocket();
        // Small, so that what a kernel holds hardly counts beside what a gateway might.
        server.setReceiveBufferSize(64 * 1024);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        HandUpstream upstream = new HandUpstream(server);
        daemon(upstream::accept);
        return upstream;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The request whose head contains a text that no other one contains; waits for it. */
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

    /** Takes a request and answers it with 200 and a body. */
    public Turn answer(String text, String body) {
        Turn turn = take(text);
        turn.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        turn.done();
        return turn;
    }

    /** How many requests with this text have come so far, taken or not. */
    public synchronized long count(String text) {
        return all.stream().filter(turn -> turn.head().contains(text)).count();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connection.setSendBufferSize(64 * 1024);
                connection.setTcpNoDelay(true);
                connection.setSoTimeout((int) Await.PATIENCE.toMillis() * 6);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return; // closed at the end of the run
            }
        }
    }

    /** One request after the other, each left to the test until it is done with it. */
    private void serve(Socket connection) {
        try (connection) {
            for (String head = Turn.readHead(connection); head != null; head = Turn.readHead(connection)) {
                Turn turn = new Turn(connection, head);
                synchronized (this) {
                    arrived.add(turn);
                    all.add(turn);
                }
                turn.awaitDone();
            }
        } catch (IOException | InterruptedException e) {
            return; // the gateway has dropped a connection, as it may
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "hand-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
