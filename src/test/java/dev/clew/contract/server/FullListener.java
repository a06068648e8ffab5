package dev.clew.contract.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on which connection attempts hang: it listens but does not accept, and its backlog is full, so that the kernel
 * drops further SYNs.
 */
public final class FullListener implements AutoCloseable {

    private static final int BACKLOG = 1;

    private final ServerSocket server;
    private final List<SocketChannel> waiting = new ArrayList<>();

    public FullListener() throws IOException {
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        // Linux queues one connection more than the backlog; both are queued before this returns.
        for (int i = 0; i <= BACKLOG; i++) {
            waiting.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port())));
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel channel : waiting) {
            channel.close();
        }
    }
}
