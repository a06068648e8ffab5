package dev.clew.contract;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;

/** What every contract has at hand. All run against one gateway, so none may depend on being alone there. */
@WithTestResource(GatewayWorld.class)
abstract class Contract {

    /** A client the gateway knows nothing about. */
    static final String STRANGER = "127.0.0.1";

    /** The one address that the gateway's configuration trusts. */
    static final String TRUSTED_PROXY = "127.0.0.2";

    World world;

    @TestHTTPResource
    URI gateway;

    int port() {
        return gateway.getPort();
    }

    RawClient connect() {
        return new RawClient(STRANGER, port());
    }

    RawResponse send(Call call) {
        return sendFrom(STRANGER, call);
    }

    RawResponse sendFrom(String address, Call call) {
        try (RawClient client = new RawClient(address, port())) {
            client.send(call);
            return call.method().equals("HEAD") ? client.readHead() : client.read();
        }
    }

    /** A path segment that occurs in no other test. */
    static String marker() {
        return "m" + Long.toHexString(System.nanoTime());
    }

    /** The spans of a trace, once all that will come have come. */
    Trace trace(String traceId) {
        return Trace.await(
                world.otlp(), traceId, () -> send(Call.get("/orders/fence")).traceId());
    }

    /** As {@link #trace}, for a trace that may have no span at all. */
    Trace presentTrace(String traceId) {
        return Trace.present(
                world.otlp(), traceId, () -> send(Call.get("/orders/fence")).traceId());
    }
}
