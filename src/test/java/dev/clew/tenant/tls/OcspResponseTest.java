package dev.clew.tenant.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcspResponseTest {

    /** {@code successful}, followed by {@code responseBytes} of two bytes. */
    private static final String SHORT = "3007" + "0a0100" + "a0023000";

    private static OcspResponse parse(String hex) {
        return OcspResponse.parse(HexFormat.of().parseHex(hex));
    }

    private static byte[] longForm(int size) {
        byte[] content = new byte[size];
        content[0] = 0x30;
        content[1] = (byte) 0x82;
        content[2] = (byte) (size - 4 >> 8);
        content[3] = (byte) (size - 4);
        byte[] begin = {0x0a, 1, 0, (byte) 0xa0};
        System.arraycopy(begin, 0, content, 4, begin.length);
        return content;
    }

    @Test
    void acceptsSuccessfulResponses() {
        assertArrayEquals(HexFormat.of().parseHex(SHORT), parse(SHORT).der());
        assertNotNull(OcspResponse.parse(longForm(1500)));
        assertNotNull(OcspResponse.parse(longForm(OcspResponse.MAX_BYTES)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3080",
                "3003" + "0a0106",
                "3007" + "0a0106" + "a0023000",
                "3006" + "0a0100" + "a0023000",
                "3007" + "0a0100" + "a00230",
                "3107" + "0a0100" + "a0023000",
                "30ff" + "0a0100" + "a0023000",
                "2d2d2d2d2d424547494e"
            })
    void acceptsNothingElse(String hex) {
        assertNull(parse(hex));
    }

    @Test
    void acceptsNoneThatIsCutOffOrTooLarge() {
        assertNull(OcspResponse.parse(Arrays.copyOf(longForm(1500), 1499)));
        assertNull(OcspResponse.parse(longForm(OcspResponse.MAX_BYTES + 1)));
    }

    @Test
    void isEqualByContent() {
        assertEquals(parse(SHORT), parse(SHORT));
        assertEquals(parse(SHORT).hashCode(), parse(SHORT).hashCode());
    }
}
