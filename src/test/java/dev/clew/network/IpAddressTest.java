package dev.clew.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class IpAddressTest {

    @Test
    void ipv4WrittenAsIpv6IsIpv4() {
        byte[] ipv4 = {(byte) 192, 0, 2, 1};
        assertArrayEquals(ipv4, IpAddress.parse("192.0.2.1"));
        assertArrayEquals(ipv4, IpAddress.parse("::ffff:192.0.2.1"));
        assertArrayEquals(ipv4, IpAddress.parse("::ffff:c000:201"));
        assertArrayEquals(
                new byte[] {0x20, 1, 13, -72, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, IpAddress.parse("2001:db8::1"));
    }

    @Test
    void namesAreNotResolved() {
        assertArrayEquals(IpAddress.UNKNOWN, IpAddress.parse("localhost"));
        assertArrayEquals(IpAddress.UNKNOWN, IpAddress.parse(""));
    }
}
