package dev.clew.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509TrustManager;

/**
 * Handshakes in memory, of a client that offers its latest session to any server: unlike the JDK's client, whatever
 * the port and the name.
 */
final class Handshake {

    private final SslContext context;
    private final AtomicInteger full = new AtomicInteger();

    /** @param protocol the only version */
    Handshake(String protocol) throws SSLException {
        context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols(protocol)
                .trustManager(new Counting(full))
                .enableOcsp(true)
                .build();
        ((OpenSslSessionContext) context.sessionContext()).setTicketKeys();
    }

    /** Returns the number of handshakes in which a certificate was presented. */
    int full() {
        return full.get();
    }

    /** Performs a handshake and receives a few bytes, which session tickets precede; returns the OCSP response. */
    byte[] with(SslHandler server, String name) {
        SslHandler client = context.newHandler(ByteBufAllocator.DEFAULT, "peer.test", 443);
        SSLParameters parameters = client.engine().getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        client.engine().setSSLParameters(parameters);
        EmbeddedChannel serverEnd = new EmbeddedChannel(server);
        EmbeddedChannel clientEnd = new EmbeddedChannel(client);
        exchange(clientEnd, serverEnd);
        assertTrue(
                client.handshakeFuture().isSuccess() && server.handshakeFuture().isSuccess());
        byte[] response = ((ReferenceCountedOpenSslEngine) client.engine()).getOcspResponse();
        serverEnd.writeOutbound(Unpooled.copiedBuffer("served", StandardCharsets.UTF_8));
        exchange(clientEnd, serverEnd);
        clientEnd.finishAndReleaseAll();
        serverEnd.finishAndReleaseAll();
        return response == null ? new byte[0] : response;
    }

    /** Passes bytes until neither side has anything more to say. */
    private static void exchange(EmbeddedChannel client, EmbeddedChannel server) {
        boolean any = true;
        while (any) {
            any = move(client, server);
            any |= move(server, client);
        }
    }

    private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
        boolean any = false;
        for (Object bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
            any = true;
        }
        return any;
    }

    private record Counting(AtomicInteger presented) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            presented.incrementAndGet();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
