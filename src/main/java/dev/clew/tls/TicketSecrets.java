package dev.clew.tls;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secrets from which session tickets' keys derive (RFC 5077, RFC 8446 section 4.6.1), shared by replicas, so that a
 * session resumes at any of them. The first one encrypts, and all decrypt. The text form never contains them.
 */
public final class TicketSecrets {

    /** The minimum length of a secret in bytes. */
    public static final int SHORTEST = 32;

    /** The maximum number of secrets. */
    public static final int MOST = 8;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] NAME_AND_MAC = "clew session ticket: name, mac".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CIPHER = "clew session ticket: cipher".getBytes(StandardCharsets.UTF_8);

    private final List<byte[]> secrets;

    private TicketSecrets(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /**
     * Reads a file with one secret in each line; blank lines do not count.
     *
     * @return null if there is none, too many or too short a one
     */
    public static @Nullable TicketSecrets of(byte[] content) {
        List<byte[]> found = new ArrayList<>();
        for (String line : new String(content, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            byte[] secret = line.strip().getBytes(StandardCharsets.ISO_8859_1);
            if (secret.length > 0 && secret.length < SHORTEST) {
                return null;
            }
            if (secret.length > 0) {
                found.add(secret);
            }
        }
        return found.isEmpty() || found.size() > MOST ? null : new TicketSecrets(List.copyOf(found));
    }

    /**
     * Returns the keys for one owner's sessions. Owners' keys are unrelated, so a ticket of one means nothing to
     * another.
     *
     * @param owner that for which a session may resume
     */
    OpenSslSessionTicketKey[] keys(byte[] owner) {
        return secrets.stream().map(secret -> key(secret, owner)).toArray(OpenSslSessionTicketKey[]::new);
    }

    private static OpenSslSessionTicketKey key(byte[] secret, byte[] owner) {
        byte[] nameAndMac = derive(secret, NAME_AND_MAC, owner);
        byte[] cipher = derive(secret, CIPHER, owner);
        return new OpenSslSessionTicketKey(
                Arrays.copyOf(nameAndMac, OpenSslSessionTicketKey.NAME_SIZE),
                Arrays.copyOfRange(nameAndMac, OpenSslSessionTicketKey.NAME_SIZE, nameAndMac.length),
                Arrays.copyOf(cipher, OpenSslSessionTicketKey.AES_KEY_SIZE));
    }

    private static byte[] derive(byte[] secret, byte[] purpose, byte[] owner) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(purpose);
            return mac.doFinal(owner);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform provides " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TicketSecrets its && MessageDigest.isEqual(joined(), its.joined());
    }

    private byte[] joined() {
        StringBuilder lines = new StringBuilder();
        secrets.forEach(secret ->
                lines.append(new String(secret, StandardCharsets.ISO_8859_1)).append('\n'));
        return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public int hashCode() {
        return TicketSecrets.class.hashCode();
    }

    @Override
    public String toString() {
        return "TicketSecrets";
    }
}
