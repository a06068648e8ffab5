package dev.clew.export.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that send at once ({@code TCP_NODELAY}, RFC 9293 section 3.7.4). An export is several writes; with Nagle's
 * algorithm the last of them waits for the peer's delayed acknowledgement, 40 ms at a time.
 */
final class NoDelaySockets extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        return socket;
    }

    // OkHttp makes all its sockets unconnected, so that it can bound the time to connect.

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("connects without a bound in time");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("connects without a bound in time");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("connects without a bound in time");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("connects without a bound in time");
    }
}
