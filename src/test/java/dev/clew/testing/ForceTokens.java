package dev.clew.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens for forced tracing, as their owner would: from the reference, not from the code under test. */
public final class ForceTokens {

    /** How long the tokens of a test are valid, in seconds. */
    private static final long VALIDITY = 600;

    private ForceTokens() {}

    /** A token that is valid now. */
    public static String valid(String tenant, String key) {
        return token(tenant, System.currentTimeMillis() / 1000 + VALIDITY, key);
    }

    /**
     * A token with a right signature.
     *
     * @param expiry seconds since 1970
     */
    public static String token(String tenant, long expiry, String key) {
        return signed("v1." + tenant + "." + expiry, key);
    }

    /** Anything with a right signature. */
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
