package dev.clew.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/9, 10.127.255.255, true",
        "10.0.0.0/9, 10.128.0.0, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.128/31, 192.0.2.129, true",
        "192.0.2.128/31, 192.0.2.130, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, 2001:db8::1, true",
        "::1, ::1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.0/104, 11.1.2.3, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "::ffff:0:0/96, 203.0.113.9, true",
    })
    void holdsTheAddressesThatShareItsFirstBits(String range, String address, boolean held)
            throws UnknownHostException {
        assertEquals(
                held, Cidr.parse(range).contains(InetAddress.getByName(address).getAddress()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "10.0.0/8",
                "::1/129",
                "fe80::1%eth0",
                "2001:db8::1/32",
                "10.0.0.0/٨"
            })
    void rejectsWhatIsNoRange(String text) {
        assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text));
    }

    @Test
    void trustsNobodyUnlessToldTo() {
        String peer = "127.0.0.1";

        assertFalse(Networks.NONE.contains(peer));
        assertTrue(new Networks(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1"))).contains(peer));
    }
}
