package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The network stack: the system's own transport and a resolver that does not block, in a native executable as well. */
abstract class NetworkStackContract extends Contract {

    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");
    private static final String TRANSPORT = LINUX ? "epoll" : "nio";
    private static final String TLS = LINUX ? "boringssl" : "jdk";

    private String page(String path) {
        return new Metrics(world.managementPort()).page(path);
    }

    @Test
    void thePageOfTheConfigurationNamesTransportResolverAndTls() {
        JsonObject connections = new JsonObject(page("/q/config")).getJsonObject("connections");
        assertEquals(TRANSPORT, connections.getString("transport"));
        assertEquals("vertx", connections.getString("resolver"));
        assertEquals(TLS, connections.getString("tls"));
    }

    @Test
    void aMetricNamesTransportResolverAndTls() {
        String series = "clew_network_info{resolver=\"vertx\",tls=\"" + TLS + "\",transport=\"" + TRANSPORT + "\"} 1.0";
        assertTrue(page("/q/metrics").lines().anyMatch(series::equals), series);
    }
}
