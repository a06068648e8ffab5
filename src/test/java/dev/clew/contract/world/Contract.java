package dev.clew.contract.world;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;

/** The common part of all contracts. All run against one gateway, so none may depend on having it alone. */
@WithTestResource(GatewayWorld.class)
public abstract class Contract {

    /** A client unknown to the gateway. */
    protected static final String STRANGER = "127.0.0.1";

    /** The one address that the gateway's configuration trusts. */
    protected static final String TRUSTED_PROXY = "127.0.0.2";

    public World world;

    @TestHTTPResource
    URI gateway;

    protected int port() {
        return gateway.getPort();
    }

    public RawClient connect() {
        return new RawClient(STRANGER, port());
    }

    protected RawResponse send(Call call) {
        return sendFrom(STRANGER, call);
    }

    protected RawResponse sendFrom(String address, Call call) {
        try (RawClient client = new RawClient(address, port())) {
            client.send(call);
            return call.method().equals("HEAD") ? client.readHead() : client.read();
        }
    }

    /** A path segment that occurs in no other test. */
    public static String marker() {
        return "m" + Long.toHexString(System.nanoTime());
    }

    /** Returns the spans of a trace after all have arrived. */
    protected Trace trace(String traceId) {
        return Trace.await(
                world.otlp(), traceId, () -> send(Call.get("/orders/fence")).traceId());
    }

    /** As {@link #trace}, for a trace that may have no spans. */
    protected Trace presentTrace(String traceId) {
        return Trace.present(
                world.otlp(), traceId, () -> send(Call.get("/orders/fence")).traceId());
    }
}
