package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressLookupTest {

    private static List<InetAddress> addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return List.of(addresses);
    }

    @Test
    void ipv6IsSkippedWithoutRouteUnlessItIsTheOnlyFamily() throws UnknownHostException {
        List<InetAddress> both = addresses("2001:db8::1", "192.0.2.1");

        assertEquals(List.of("192.0.2.1"), new AddressLookup(false).usable(both));
        assertEquals(List.of("192.0.2.1", "2001:db8:0:0:0:0:0:1"), new AddressLookup(true).usable(both));
        assertEquals(List.of("2001:db8:0:0:0:0:0:1"), new AddressLookup(false).usable(addresses("2001:db8::1")));
    }

    @Test
    void duplicateAddressesAreRemovedAndTheListIsBounded() throws UnknownHostException {
        String[] many = IntStream.range(0, 600)
                .mapToObj(i -> "10.0." + i % 300 / 256 + '.' + i % 256)
                .toArray(String[]::new);

        assertEquals(256, new AddressLookup(true).usable(addresses(many)).size());
        assertEquals(List.of("192.0.2.1"), new AddressLookup(true).usable(addresses("192.0.2.1", "192.0.2.1")));
    }
}
