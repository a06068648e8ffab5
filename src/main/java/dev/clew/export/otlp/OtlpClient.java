package dev.clew.export.otlp;

import io.opentelemetry.exporter.internal.http.HttpSenderConfig;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionSpec;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to one OTLP backend, one at a time, on the calling thread: a destination has its own thread, so
 * OkHttp's dispatcher would only cost two thread switches per batch. One timeout bounds all attempts and the waits
 * between them; any thread may call {@link #close()}.
 */
final class OtlpClient {

    /** The bound on a response in bytes. OTLP's responses are short; a longer one closes the connection. */
    static final int MAX_RESPONSE_BYTES = 64 << 10;

    private final HttpSenderConfig config;
    private final boolean grpc;
    private final OkHttpClient client;
    private final HttpUrl url;
    private final MediaType type;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Call current;
    private volatile boolean shakingHands;

    private final class Handshakes extends EventListener {
        @Override
        public void callStart(Call call) {
            shakingHands = false;
        }

        @Override
        public void secureConnectStart(Call call) {
            shakingHands = true;
        }

        @Override
        public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
            shakingHands = false;
        }
    }

    /**
     * @param config the endpoint, path included, and the settings of the connection
     * @param grpc whether the protocol is gRPC, over HTTP/2
     */
    OtlpClient(HttpSenderConfig config, boolean grpc) {
        this.config = config;
        this.grpc = grpc;
        this.url = HttpUrl.get(config.getEndpoint());
        this.type = MediaType.get(grpc ? "application/grpc" : config.getContentType());
        this.client = client();
    }

    private OkHttpClient client() {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .socketFactory(new NoDelaySockets())
                .connectTimeout(Duration.ofNanos(config.getConnectTimeoutNanos()))
                // The call's timeout bounds both; a timer for each would wake a thread of OkHttp per read and write.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .eventListener(new Handshakes())
                // Credentials are for the configured backend only.
                .followRedirects(false);
        @Nullable SSLContext tls = config.getSslContext();
        if (!url.isHttps()) {
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        } else if (tls != null) {
            builder.sslSocketFactory(
                    tls.getSocketFactory(),
                    Objects.requireNonNullElseGet(config.getTrustManager(), OtlpClient::platformTrust));
        }
        if (grpc) {
            // OkHttp requires HTTP/1.1 to be offered too.
            builder.protocols(
                    url.isHttps() ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        }
        return builder.build();
    }

    private static X509TrustManager platformTrust() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return x509;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("no X.509 trust manager");
    }

    OkHttpClient okHttp() {
        return client;
    }

    /**
     * Sends one message, with retries.
     *
     * @param size the size of the marshalled message in bytes
     * @return the response by which the backend accepted the message
     * @throws IOException the failure of the last attempt
     */
    OtlpResponse send(Marshaler message, int size) throws IOException {
        long deadline = System.nanoTime() + config.getTimeoutNanos();
        Request request = request(message, size);
        RetryPolicy retry = Objects.requireNonNullElseGet(config.getRetryPolicy(), RetryPolicy::getDefault);
        double backoff = (double) retry.getInitialBackoff().toNanos();
        for (int attempt = 1; ; attempt++) {
            OtlpResponse response = attempt(request, deadline - System.nanoTime());
            long jittered = (long) (backoff * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
            long wait = Math.max(jittered, response.retryAfter().toNanos());
            if (!response.retryable() || attempt == retry.getMaxAttempts() || !pause(wait, deadline)) {
                return response.orThrow();
            }
            backoff = Math.min(backoff * retry.getBackoffMultiplier(), (double)
                    retry.getMaxBackoff().toNanos());
        }
    }

    private Request request(Marshaler message, int size) throws IOException {
        OtlpBody body = new OtlpBody(type, grpc, message, size, config.getCompressor());
        Request.Builder request = new Request.Builder().url(url).post(body);
        config.getHeadersSupplier()
                .get()
                .forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        if (config.getCompressor() != null) {
            request.header(
                    grpc ? "grpc-encoding" : "content-encoding",
                    config.getCompressor().getEncoding());
        }
        return grpc ? request.header("te", "trailers").build() : request.build();
    }

    private OtlpResponse attempt(Request request, long nanos) {
        Call call = client.newCall(request);
        // Zero would mean no timeout.
        call.timeout().timeout(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        current = call;
        // Checked after the call is published, while close() reads the call after closing: one of them sees the other.
        if (closed.getCount() == 0) {
            call.cancel();
        }
        try (Response response = call.execute()) {
            if (response.body().source().request(MAX_RESPONSE_BYTES + 1L)) {
                call.cancel();
                throw new OtlpResponse.TooLong();
            }
            byte[] body = response.body().source().getBuffer().readByteArray();
            return grpc ? OtlpResponse.grpc(response, body) : OtlpResponse.http(response, body, Instant.now());
        } catch (OtlpResponse.TooLong e) {
            // Over HTTP/2, cancelling only resets the stream, and the peer may keep sending.
            client.connectionPool().evictAll();
            return OtlpResponse.failed(e);
        } catch (InterruptedIOException e) {
            return OtlpResponse.failed(shakingHands ? new OtlpResponse.NoHandshake() : e);
        } catch (IOException e) {
            return OtlpResponse.failed(e);
        }
    }

    /** Waits before a retry; returns false if no time would be left for it, or if the client is closed. */
    private boolean pause(long nanos, long deadline) {
        if (nanos >= deadline - System.nanoTime()) {
            return false;
        }
        try {
            return !closed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Cancels the call in progress and prevents further ones. */
    void close() {
        closed.countDown();
        @Nullable Call call = current;
        if (call != null) {
            call.cancel();
        }
        client.connectionPool().evictAll();
    }
}
