package dev.clew.export.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets without Nagle's algorithm ({@code TCP_NODELAY}, RFC 9293 section 3.7.4). An export is several writes; with
 * the algorithm, the last of them would wait up to 40 ms for the peer's delayed acknowledgement.
 */
final class NoDelaySockets extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        return socket;
    }

    // OkHttp creates all its sockets unconnected, so that it can apply a connect timeout.

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("connects without a timeout");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("connects without a timeout");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("connects without a timeout");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("connects without a timeout");
    }
}
