package dev.clew.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plain server on a free loopback port, with a thread for each connection. */
public final class SocketServer implements AutoCloseable {

    /** A size so small that the kernel's buffers hardly count beside the gateway's. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private static final int BACKLOG = 128;

    /** The server's part on a connection, which is closed afterwards. */
    @FunctionalInterface
    public interface Part {

        /** @throws IOException for example when the peer resets the connection, which it may */
        void play(Socket connection) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket();
    private final Part part;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private SocketServer(Part part) throws IOException {
        this.part = part;
        server.setReceiveBufferSize(BUFFER_BYTES);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    }

    public static SocketServer start(Part part) {
        try {
            SocketServer started = new SocketServer(part);
            daemon(started::accept);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Counts the connections so far. */
    public int connections() {
        return connections.size();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connection.setSendBufferSize(BUFFER_BYTES);
                connection.setTcpNoDelay(true);
                connections.add(connection);
                daemon(() -> play(connection));
            } catch (IOException e) {
                return; // closed at the end of the test
            }
        }
    }

    private void play(Socket connection) {
        try (connection) {
            part.play(connection);
        } catch (IOException | InterruptedException e) {
            return; // the peer has dropped a connection, as it may
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "socket-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends all connections. */
    public void disconnect() {
        try {
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        disconnect();
    }
}
