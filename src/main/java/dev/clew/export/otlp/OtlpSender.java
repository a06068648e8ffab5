package dev.clew.export.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.internal.http.HttpSender;
import io.opentelemetry.exporter.internal.http.HttpSenderProvider;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Gives OpenTelemetry's exporter {@link OtlpClient} to send with; no class path is searched. Its own sender takes
 * neither a socket factory nor a thread, and reads whatever a backend answers into memory.
 */
public record OtlpSender(OtlpClient client, AtomicLong rejected) implements HttpSender {

    /** Nothing else of a response goes further: it may repeat what was sent, a credential for example. */
    private enum Accepted implements Response {
        ACCEPTED;

        @Override
        public int statusCode() {
            return 200;
        }

        @Override
        public String statusMessage() {
            return "";
        }

        @Override
        public byte[] responseBody() {
            return new byte[0];
        }
    }

    /**
     * Returns what an exporter finds its sender by.
     *
     * @param grpc whether it is gRPC that is spoken, over HTTP/2
     * @param rejected where goes how many spans of the last message were refused although it was taken
     */
    public static ComponentLoader loader(boolean grpc, AtomicLong rejected) {
        HttpSenderProvider provider = config -> new OtlpSender(new OtlpClient(config, grpc), rejected);
        // Not a lambda expression: its method is generic.
        return new ComponentLoader() {
            @Override
            public <T> Iterable<T> load(Class<T> wanted) {
                return wanted == HttpSenderProvider.class ? List.of(wanted.cast(provider)) : List.of();
            }
        };
    }

    @Override
    public void send(Marshaler message, int size, Consumer<Response> onResponse, Consumer<Throwable> onError) {
        try {
            rejected.set(client.send(message, size).rejected());
            onResponse.accept(Accepted.ACCEPTED);
        } catch (IOException e) {
            onError.accept(e);
        }
    }

    @Override
    public CompletableResultCode shutdown() {
        client.close();
        return CompletableResultCode.ofSuccess();
    }
}
