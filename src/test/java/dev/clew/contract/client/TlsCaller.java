package dev.clew.contract.client;

import dev.clew.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A client that accepts any certificate and records the one presented. */
public final class TlsCaller {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final int port;
    private final SSLContext context;

    private TlsCaller(int port, KeyManager @Nullable [] identity) {
        this.port = port;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(identity, new TrustManager[] {new Credulous()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static TlsCaller of(int port) {
        return new TlsCaller(port, null);
    }

    /** Creates a client that presents a certificate on request. */
    public static TlsCaller with(int port, Path store) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(keys, PASSWORD);
            return new TlsCaller(port, factory.getKeyManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param serverName null for none */
    public SSLSocket connect(@Nullable String serverName, String... protocols) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port), serverName, protocols);
    }

    /** @param connected closed with this socket */
    public SSLSocket over(Socket connected, @Nullable String serverName, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(connected, connected.getInetAddress().getHostAddress(), port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(serverName == null ? List.of() : List.of(new SNIHostName(serverName)));
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        return socket;
    }

    /** Returns the certificate presented to a client with this server name. */
    public X509Certificate shown(@Nullable String serverName) throws IOException {
        try (SSLSocket socket = connect(serverName)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** @throws IOException also when the gateway closes the connection without a response */
    public RawResponse send(@Nullable String serverName, Call call) throws IOException {
        try (SSLSocket socket = connect(serverName);
                RawClient client = new RawClient(socket)) {
            socket.startHandshake();
            return client.send(call).read();
        } catch (UncheckedIOException refused) {
            throw refused.getCause();
        }
    }

    private static final class Credulous implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
