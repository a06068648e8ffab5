package dev.clew.contract.operations;

import dev.clew.contract.world.GatewayProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster's load balancer: distributes connections, not requests, over the gateways that are ready. */
final class TcpBalancer implements AutoCloseable {

    private final ServerSocket server;
    private final List<GatewayProcess> ready = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private TcpBalancer(ServerSocket server) {
        this.server = server;
    }

    static TcpBalancer start() throws IOException {
        TcpBalancer balancer = new TcpBalancer(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()));
        daemon(balancer::accept);
        return balancer;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Checks the readiness of these gateways, as a cluster's probes do; from now on no other gets a connection. */
    void watch(List<GatewayProcess> gateways) {
        gateways.stream()
                .filter(gateway -> !ready.contains(gateway) && isReady(gateway))
                .forEach(ready::add);
        ready.removeIf(gateway -> !gateways.contains(gateway) || !isReady(gateway));
    }

    private static boolean isReady(GatewayProcess gateway) {
        return gateway.metrics().readiness() == 200;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                List<GatewayProcess> choice = List.copyOf(ready);
                GatewayProcess chosen = choice.get(Math.floorMod(next.getAndIncrement(), choice.size()));
                Socket gateway = new Socket(InetAddress.getLoopbackAddress(), chosen.port());
                client.setTcpNoDelay(true);
                gateway.setTcpNoDelay(true);
                daemon(() -> pipe(client, gateway));
                daemon(() -> pipe(gateway, client));
            } catch (IOException e) {
                return; // closed at the end of the test
            }
        }
    }

    private static void pipe(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            closeBoth(from, to);
        }
    }

    private static void closeBoth(Socket one, Socket other) {
        try (one;
                other) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "balancer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
