package dev.clew.tls;

import dev.clew.tenant.tls.ServerCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The listener's own certificates, which can be renewed while it runs: whoever connects next gets the new ones. Safe
 * for several threads.
 */
public final class RenewableKeys extends X509ExtendedKeyManager {

    /**
     * The certificates of one reading. Aliases name it, since a handshake asks for chain and key one after the other,
     * and BoringSSL's side keeps by alias what it has read.
     *
     * @param before kept for handshakes that are under way
     */
    private record Generation(int number, List<ServerCertificate> certificates, @Nullable Generation before) {}

    private volatile Generation current;

    /** @param certificates of which the first with a key of the requested algorithm is presented */
    public RenewableKeys(List<ServerCertificate> certificates) {
        current = new Generation(0, List.copyOf(certificates), null);
    }

    /** Presents these certificates from now on. */
    public synchronized void renew(List<ServerCertificate> certificates) {
        Generation last = current;
        current = new Generation(
                last.number + 1, List.copyOf(certificates), new Generation(last.number, last.certificates, null));
    }

    private @Nullable ServerCertificate find(String alias) {
        int dot = alias.indexOf('.');
        int number = Integer.parseInt(alias, 0, dot, 10);
        for (Generation one = current; one != null; one = one.before) {
            if (one.number == number) {
                return one.certificates.get(Integer.parseInt(alias, dot + 1, alias.length(), 10));
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Generation now = current;
        for (int i = 0; i < now.certificates.size(); i++) {
            if (now.certificates.get(i).key().getAlgorithm().equals(keyType)) {
                return now.number + "." + i;
            }
        }
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServerCertificate certificate = find(alias);
        return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerCertificate certificate = find(alias);
        return certificate == null ? null : certificate.key();
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
