package dev.clew.tls;

import io.netty.handler.ssl.ClientAuth;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The listener's own certificates, as its key manager knows them.
 *
 * @param leaves the certificates without their issuers; may be empty
 */
record OwnCertificates(List<X509Certificate> leaves) {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "Ed25519", "Ed448");

    static OwnCertificates of(KeyManagerFactory factory) {
        List<X509Certificate> leaves = new ArrayList<>();
        for (KeyManager manager : factory.getKeyManagers()) {
            if (manager instanceof X509KeyManager keys) {
                for (String algorithm : ALGORITHMS) {
                    add(keys, keys.getServerAliases(algorithm, null), leaves);
                }
            }
        }
        return new OwnCertificates(List.copyOf(leaves));
    }

    private static void add(X509KeyManager keys, String @Nullable [] aliases, List<X509Certificate> leaves) {
        for (String alias : aliases == null ? new String[0] : aliases) {
            leaves.add(keys.getCertificateChain(alias)[0]);
        }
    }

    /** Returns the library that handles all of the keys. */
    TlsLibrary library(TlsLibrary best) {
        TlsLibrary chosen = best;
        for (X509Certificate leaf : leaves) {
            chosen = chosen.handling(leaf.getPublicKey().getAlgorithm());
        }
        return chosen;
    }

    byte[] owner(@Nullable TrustManagerFactory trusted, ClientAuth clients) {
        List<X509Certificate> all = new ArrayList<>(leaves);
        if (trusted != null && clients != ClientAuth.NONE) {
            for (TrustManager manager : trusted.getTrustManagers()) {
                if (manager instanceof X509TrustManager authorities) {
                    all.addAll(List.of(authorities.getAcceptedIssuers()));
                }
            }
        }
        return SessionOwner.digest("", all, clients == ClientAuth.REQUIRE);
    }
}
