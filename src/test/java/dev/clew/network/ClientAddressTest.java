package dev.clew.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.util.NetUtil;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom proxies name: the last one that none of the trusted has vouched for as one of them. */
class ClientAddressTest {

    private static final Networks TRUSTED = new Networks(List.of(Cidr.parse("10.0.0.0/8")));

    private static String text(byte[] address) {
        return address.length == 0 ? "unknown" : NetUtil.bytesToIpAddress(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
            192.0.2.1                          | 192.0.2.1
            192.0.2.9, 192.0.2.1               | 192.0.2.1
            192.0.2.9, 192.0.2.1, 10.0.0.1     | 192.0.2.1
            10.0.0.2, 10.0.0.1                 | 10.0.0.2
            192.0.2.1:4711                     | 192.0.2.1
            [2001:db8::1]:80                   | 2001:db8::1
            2001:db8::1                        | 2001:db8::1
            ::ffff:192.0.2.1                   | 192.0.2.1
            192.0.2.1, ::ffff:10.0.0.1         | 192.0.2.1
            192.0.2.1, unknown                 | unknown
            192.0.2.1, unknown, 10.0.0.1       | unknown
            192.0.2.1,                         | unknown
            192.0.2.1, ", 192.0.2.2            | unknown
            """)
    void readsXForwardedFor(String line, String address) {
        assertEquals(address, text(ClientAddress.forwardedFor(List.of(line), TRUSTED)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
            for=192.0.2.1                                    | 192.0.2.1
            proto=http;FOR="192.0.2.1:80";by=10.0.0.1        | 192.0.2.1
            for=192.0.2.9, for="[2001:db8::1]:80";proto=http | 2001:db8::1
            for=192.0.2.1, for=10.0.0.1                      | 192.0.2.1
            for=192.0.2.1, for=_hidden                       | unknown
            for=192.0.2.1, proto=http                        | unknown
            for=192.0.2.9;x=", for=192.0.2.1                 | unknown
            for=192.0.2.9;x=", for="[2001:db8::1]"           | unknown
            """)
    void readsForwarded(String line, String address) {
        assertEquals(address, text(ClientAddress.forwarded(List.of(line), TRUSTED)));
    }

    @Test
    void laterLinesComeLater() {
        assertEquals("192.0.2.1", text(ClientAddress.forwardedFor(List.of("192.0.2.9", "192.0.2.1"), TRUSTED)));
        assertArrayEquals(ClientAddress.UNKNOWN, ClientAddress.parse("host.test"));
    }
}
