package dev.clew.cli;

import java.security.SecureRandom;
import java.util.HexFormat;

/** New secrets. */
final class SecretKeys {

    private static final int BYTES = 32;

    private SecretKeys() {}

    /** Returns 256 random bits as hexadecimal digits. */
    static String next() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
