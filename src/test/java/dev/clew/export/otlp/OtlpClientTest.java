package dev.clew.export.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.clew.testing.EndlessServer;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import io.opentelemetry.exporter.internal.http.HttpSenderConfig;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.marshal.Serializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpClientTest {

    private static final int PATIENCE_SECONDS = 30;

    /** An empty message that records the thread that wrote it. */
    private static final class Empty extends Marshaler {
        private @Nullable Thread writer;

        @Override
        public int getBinarySerializedSize() {
            return 0;
        }

        @Override
        protected void writeTo(Serializer output) {
            writer = Thread.currentThread();
        }
    }

    private final Empty message = new Empty();

    private static OtlpClient client(String endpoint, boolean grpc) {
        long timeout = Duration.ofMinutes(5).toNanos();
        return new OtlpClient(
                HttpSenderConfig.create(
                        endpoint + "/v1/traces",
                        null,
                        false,
                        "application/x-protobuf",
                        timeout,
                        timeout,
                        Map::of,
                        null,
                        null,
                        null,
                        null,
                        null),
                grpc);
    }

    /** Returns the status of the backend's rejection, or zero if it accepted the message. */
    private int send(OtlpClient client) throws IOException {
        try {
            client.send(message, 0);
            return 0;
        } catch (OtlpResponse.Rejected rejected) {
            return rejected.status();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsWithoutDelay(boolean grpc) throws IOException {
        try (OtlpServer backend = OtlpServer.start()) {
            OtlpClient client = client(backend.endpoint(), grpc);
            assertEquals(0, send(client));
            AtomicReference<Socket> socket = new AtomicReference<>();
            OkHttpClient samePool = client.okHttp()
                    .newBuilder()
                    .addNetworkInterceptor(chain -> {
                        socket.set(chain.connection().socket());
                        return chain.proceed(chain.request());
                    })
                    .build();
            Request request = new Request.Builder().url(backend.endpoint()).build();
            try (Response ignored = samePool.newCall(request).execute()) {
                assertEquals(1, client.okHttp().connectionPool().connectionCount(), "only the export's connection");
                assertTrue(socket.get().getTcpNoDelay());
            }
            client.close();
        }
    }

    @Test
    void sendsOnTheThreadThatAsks() throws IOException {
        try (OtlpServer backend = OtlpServer.start()) {
            OtlpClient client = client(backend.endpoint(), false);
            assertEquals(0, send(client));
            assertSame(Thread.currentThread(), message.writer);
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsLittleOfAnEndlessResponse(boolean grpc) {
        try (EndlessServer backend = EndlessServer.start()) {
            OtlpClient client = client(backend.endpoint(), grpc);
            assertThrows(OtlpResponse.TooLong.class, () -> send(client));
            // The bound covers the capacity of both sockets and of OkHttp's HTTP/2 window (16 MiB) without a reader.
            assertTrue(backend.awaitCut() < 64 << 20);
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsWhatIsUnderWayWhenItIsClosed(boolean grpc) throws Exception {
        try (OtlpServer backend = OtlpServer.start()) {
            backend.behave(Behaviour.HANG);
            OtlpClient client = client(backend.endpoint(), grpc);
            CompletableFuture<Integer> sending = CompletableFuture.supplyAsync(() -> {
                try {
                    return send(client);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            backend.awaitRequests(1);
            client.close();
            assertThrows(ExecutionException.class, () -> sending.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertThrows(IOException.class, () -> send(client));
            assertEquals(1, backend.requests());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "408,Connection,close",
        "429,Retry-After,3600",
        "503,Retry-After,'Fri, 31 Dec 2100 23:59:59 GMT'",
        "307,Location,/elsewhere"
    })
    void leavesABackendAloneThatDoesNotWantToBeAskedNow(int status, String header, String value) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set(header, value);
            exchange.sendResponseHeaders(requests.incrementAndGet() == 1 ? status : 200, -1);
            exchange.close();
        });
        backend.start();
        OtlpClient client = client("http://127.0.0.1:" + backend.getAddress().getPort(), false);
        assertEquals(status, send(client));
        assertEquals(1, requests.get());
        client.close();
        backend.stop(0);
    }
}
