package dev.clew.testing;

import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** An issuer's key pair, and tokens signed with it. */
public record Tokens(PublicJsonWebKey key, String algorithm) {

    public static Tokens rsa(String id) {
        return made(id, "RS256", () -> RsaJwkGenerator.generateJwk(2048));
    }

    public static Tokens ec(String id) {
        return made(id, "ES256", () -> EcJwkGenerator.generateJwk(EllipticCurves.P256));
    }

    /** Makes an Ed25519 key pair (RFC 8037). */
    public static Tokens ed(String id) {
        return made(id, "EdDSA", () -> OkpJwkGenerator.generateJwk("Ed25519"));
    }

    private interface Generator {
        PublicJsonWebKey generate() throws JoseException;
    }

    private static Tokens made(String id, String algorithm, Generator generator) {
        try {
            PublicJsonWebKey key = generator.generate();
            key.setKeyId(id);
            return new Tokens(key, algorithm);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a key set with the public keys of these issuers. */
    public static String keySet(Tokens... issuers) {
        JsonWebKeySet set = new JsonWebKeySet();
        for (Tokens issuer : issuers) {
            set.addJsonWebKey(issuer.key);
        }
        return set.toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    public String sign(Map<String, Object> claims) {
        return sign(claims, algorithm, key.getKeyId());
    }

    /** As {@link #sign(Map)}, with another algorithm or key ID; null for none. */
    public String sign(Map<String, Object> claims, String with, @Nullable String id) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(JsonUtil.toJson(claims));
        signature.setAlgorithmHeaderValue(with);
        if (id != null) {
            signature.setKeyIdHeaderValue(id);
        }
        signature.setKey(key.getPrivateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
