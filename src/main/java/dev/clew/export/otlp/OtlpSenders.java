package dev.clew.export.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.internal.grpc.GrpcResponse;
import io.opentelemetry.exporter.internal.grpc.GrpcSender;
import io.opentelemetry.exporter.internal.grpc.GrpcSenderConfig;
import io.opentelemetry.exporter.internal.grpc.GrpcSenderProvider;
import io.opentelemetry.exporter.internal.http.HttpSender;
import io.opentelemetry.exporter.internal.http.HttpSenderConfig;
import io.opentelemetry.exporter.internal.http.HttpSenderProvider;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Gives OpenTelemetry's exporters {@link OtlpClient} to send with; no class path is searched. Their own sender takes
 * neither a socket factory nor a thread, and reads whatever a backend answers into memory.
 */
public final class OtlpSenders implements ComponentLoader {

    private final AtomicLong rejected;

    /** @param rejected where goes how many spans of the last message were refused although it was taken */
    public OtlpSenders(AtomicLong rejected) {
        this.rejected = rejected;
    }

    @Override
    public <T> Iterable<T> load(Class<T> wanted) {
        if (wanted == HttpSenderProvider.class) {
            HttpSenderProvider provider = config -> new Http(new OtlpClient(config, false), rejected);
            return List.of(wanted.cast(provider));
        }
        return wanted == GrpcSenderProvider.class ? List.of(wanted.cast(new GrpcProvider(rejected))) : List.of();
    }

    /** Not a lambda expression: its method is generic. */
    private record GrpcProvider(AtomicLong rejected) implements GrpcSenderProvider {
        @Override
        public <T extends Marshaler> GrpcSender<T> createSender(GrpcSenderConfig<T> config) {
            HttpSenderConfig asHttp = HttpSenderConfig.create(
                    config.getEndpoint().resolve(config.getEndpointPath()).toString(),
                    config.getCompressor(),
                    false,
                    "application/grpc",
                    config.getTimeoutNanos(),
                    config.getConnectTimeoutNanos(),
                    config.getHeadersSupplier(),
                    null,
                    config.getRetryPolicy(),
                    config.getSslContext(),
                    config.getTrustManager(),
                    null);
            return new Grpc<>(new OtlpClient(asHttp, true), rejected);
        }
    }

    private record Http(OtlpClient client, AtomicLong rejected) implements HttpSender {
        @Override
        public void send(Marshaler message, int size, Consumer<Response> onResponse, Consumer<Throwable> onError) {
            try {
                OtlpAnswer answer = client.send(message, size);
                rejected.set(answer.rejected());
                onResponse.accept(new Status(answer.status()));
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

    private record Grpc<T extends Marshaler>(OtlpClient client, AtomicLong rejected) implements GrpcSender<T> {
        @Override
        public void send(T message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
            try {
                OtlpAnswer answer = client.send(message, message.getBinarySerializedSize());
                rejected.set(answer.rejected());
                onResponse.accept(GrpcResponse.create(answer.status(), null));
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

    /** Nothing else of an answer goes further: it may repeat what was sent, a credential for example. */
    private record Status(int statusCode) implements HttpSender.Response {
        @Override
        public String statusMessage() {
            return "";
        }

        @Override
        public byte[] responseBody() {
            return new byte[0];
        }
    }
}
