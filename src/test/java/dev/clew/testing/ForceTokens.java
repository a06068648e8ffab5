package dev.clew.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens for forced tracing as their owner would: by the reference, not by the code under test. */
public final class ForceTokens {

    /** The validity of a test's tokens, in seconds. */
    private static final long VALIDITY = 600;

    private ForceTokens() {}

    /** Returns a token that is valid now. */
    public static String valid(String tenant, String key) {
        return token(tenant, System.currentTimeMillis() / 1000 + VALIDITY, key);
    }

    /**
     * Returns a token with a valid signature.
     *
     * @param expiry seconds since 1970
     */
    public static String token(String tenant, long expiry, String key) {
        return signed("v1." + tenant + "." + expiry, key);
    }

    /** Returns any payload with a valid signature. */
    public static String signed(String payload, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
            return payload + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
