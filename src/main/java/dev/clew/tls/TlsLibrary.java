package dev.clew.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.util.Locale;

/** The libraries that can perform TLS with clients. */
public enum TlsLibrary {
    /** BoringSSL by Netty's binding, at a fraction of the JDK's cost. */
    BORINGSSL("BoringSSL", SslProvider.OPENSSL_REFCNT),

    /** The JDK's own: where there is no binding for the platform, or it cannot be loaded. */
    JDK("JDK", SslProvider.JDK);

    private final String title;
    private final SslProvider provider;

    TlsLibrary(String title, SslProvider provider) {
        this.title = title;
        this.provider = provider;
    }

    /** Returns the library in use. The first call loads it, and blocks. */
    public static TlsLibrary inUse() {
        return OpenSsl.isAvailable() ? BORINGSSL : JDK;
    }

    /** Returns the library for a key: Netty's binding finds no EdDSA keys. */
    TlsLibrary handling(PrivateKey key) {
        return handling(key.getAlgorithm());
    }

    TlsLibrary handling(String keyAlgorithm) {
        return keyAlgorithm.equals("RSA") || keyAlgorithm.equals("EC") ? this : JDK;
    }

    SslProvider provider() {
        return provider;
    }

    /** Returns the name in metrics and JSON. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As the log says it. */
    @Override
    public String toString() {
        return title;
    }
}
