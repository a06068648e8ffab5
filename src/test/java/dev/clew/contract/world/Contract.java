package dev.clew.contract.world;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;

/** What every contract has at hand. All run against one gateway, so none may depend on being alone there. */
@WithTestResource(GatewayWorld.class)
public abstract class Contract {

    /** A client the gateway knows nothing about. */
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

    /** The spans of a trace, once all that will come have come. */
    protected Trace trace(String traceId) {
        return Trace.await(
                world.otlp(), traceId, () -> send(Call.get("/orders/fence")).traceId());
    }

    /** As {@link #trace}, for a trace that may have no span at all. */
    protected Trace presentTrace(String traceId) {
        return Trace.present(
                world.otlp(), traceId, () -> send(Call.get("/orders/fence")).traceId());
    }
}
