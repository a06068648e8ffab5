package dev.clew.tenant.tls;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An authority's statement that a certificate is not revoked (RFC 6960), presented with the certificate. */
public final class OcspResponse {

    /** No response is near this size. */
    public static final int MAX_BYTES = 64 * 1024;

    public static final String EXPECTED = "expected: a DER file of a successful OCSP response";

    private static final int SEQUENCE = 0x30;
    private static final int LONG_FORM_BYTES = 0x7f;
    /** RFC 6960 section 4.2.1: {@code responseStatus} is {@code successful}, and {@code responseBytes} follow. */
    private static final byte[] SUCCESSFUL = {0x0a, 1, 0, (byte) 0xa0};

    private final byte[] der;

    private OcspResponse(byte[] der) {
        this.der = der;
    }

    /**
     * Returns the response in a file; null if the content is no successful response in DER. Looks at no more than its
     * beginning: clients judge it.
     */
    public static @Nullable OcspResponse parse(byte[] content) {
        int begin = content.length > 1 && content[1] < 0 ? 2 + (content[1] & LONG_FORM_BYTES) : 2;
        int end = begin + SUCCESSFUL.length;
        if (end > content.length
                || content.length > MAX_BYTES
                || content[0] != SEQUENCE
                || begin + length(content, begin) != content.length
                || !Arrays.equals(content, begin, end, SUCCESSFUL, 0, SUCCESSFUL.length)) {
            return null;
        }
        return new OcspResponse(content.clone());
    }

    private static int length(byte[] content, int begin) {
        if (begin == 2) {
            return content[1];
        }
        int length = 0;
        for (int at = 2; at < begin; at++) {
            length = length << 8 | content[at] & 0xff;
        }
        return length;
    }

    /** Returns the response in DER. */
    public byte[] der() {
        return der.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OcspResponse response && Arrays.equals(der, response.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }
}
