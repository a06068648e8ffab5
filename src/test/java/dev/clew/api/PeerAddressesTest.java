package dev.clew.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerAddressesTest {

    private static final int OWN = 9000;

    private static List<String> others(String... configured) {
        return new PeerAddresses(List.of(configured), OWN)
                .resolve().others().stream().map(Object::toString).toList();
    }

    @Test
    void aPortThatIsNotGivenIsTheGatewaysOwn() {
        assertEquals(List.of("192.0.2.1:9000", "192.0.2.1:9100"), others("192.0.2.1", "192.0.2.1:9100"));
        assertEquals(
                List.of("[2001:db8:0:0:0:0:0:1]:9000", "[2001:db8:0:0:0:0:0:1]:9100"),
                others("2001:db8::1", "[2001:db8::1]:9100"));
    }

    @Test
    void thisProcessIsNotAnother() {
        assertEquals(List.of(), others("127.0.0.1", "127.0.0.1:9000", "localhost"));
        assertEquals(List.of("127.0.0.1:9001"), others("127.0.0.1:9001", "127.0.0.1:9001"));
    }

    @Test
    void aNameWithoutAddressesAndTooManyAreTold() {
        PeerAddresses.Resolved none = new PeerAddresses(List.of("no-such-name.invalid"), OWN).resolve();
        assertEquals(List.of(new Replicas.Missing("no-such-name.invalid", "name has no address")), none.unresolved());
        List<String> many = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "192.0.2." + i + ":9100")
                .toList();
        PeerAddresses.Resolved some = new PeerAddresses(many, OWN).resolve();
        assertEquals(PeerAddresses.MAX, some.others().size());
        assertEquals(40 - PeerAddresses.MAX, some.unresolved().size());
        assertTrue(some.unresolved().get(0).why().startsWith("more than "), some::toString);
    }
}
