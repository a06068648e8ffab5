package dev.clew.management;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    private final AllowedHosts hosts = new AllowedHosts(List.of("Clew.Internal.Example", "*.ops.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.244.3.17",
                "255.255.255.255",
                "::1",
                "[fd00::12]",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "acme.localhost",
                "clew-metrics",
                "clew-metrics.edge.svc",
                "clew-metrics.edge.svc.cluster.local",
                "10-244-3-17.edge.pod.cluster.local.",
                "clew.internal.example",
                "CLEW.INTERNAL.EXAMPLE",
                "a.ops.example"
            })
    void allowsAddressesAndInternalNames(String host) {
        assertTrue(hosts.contains(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "evil.example",
                "clew.internal.example.evil.example",
                "ops.example",
                "localhost.evil.example",
                "evil.svc.example",
                "notsvc.example",
                "127.0.0.1.evil.example",
                "127.0.0.256",
                "1.2.3",
                "1.2.3.4.5",
                "1..2.3",
                "127.0.0.0x1",
                "99999999999999999999.0.0.1",
                "127.0.0.1.nip.io"
            })
    void rejectsPublicNames(String host) {
        assertFalse(hosts.contains(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.*.example", "clew:9000", "http://clew", "a*b.example"})
    void rejectsAnInvalidName(String host) {
        assertThrows(IllegalArgumentException.class, () -> new AllowedHosts(List.of(host)));
    }

    @Test
    void keepsTheBuiltInHostsForAnEmptyList() {
        assertTrue(new AllowedHosts(List.of()).contains("localhost"));
        assertFalse(new AllowedHosts(List.of()).contains("clew.internal.example"));
    }
}
