package dev.clew.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0/24",
        "::ffff:192.0.2.77, 192.0.2.0/24",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1::/48",
        "::1, ::/48",
    })
    void namesNoSingleClient(String address, String network) {
        assertEquals(network, IpAddress.network(address));
    }

    @Test
    void isNothingForATextThatIsNoAddress() {
        assertNull(IpAddress.network("unknown"));
    }
}
