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
 * Makes OpenTelemetry's exporter send by {@link OtlpClient}, without a class path search. Its own sender accepts
 * neither a socket factory nor a thread, and reads responses of any size into memory.
 */
public record OtlpSender(OtlpClient client, AtomicLong rejected) implements HttpSender {

    /**
     * The response passed to the exporter, without text of the backend's, which may repeat what was sent, such as a
     * credential.
     */
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
     * Returns the loader by which the exporter finds its sender.
     *
     * @param grpc whether the protocol is gRPC, over HTTP/2
     * @param rejected set to the number of spans rejected from the last accepted message
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
