package dev.clew.connection;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The reasons for which a client's TLS handshake fails. Exceptions' messages are not shown: some quote what was sent.
 */
public enum HandshakeFailure {
    NOT_TLS("not-tls", "the client does not speak TLS"),
    CLIENT_ALERT("client-alert", "the client rejected the handshake, for example the certificate"),
    NOTHING_IN_COMMON("nothing-in-common", "client and gateway have no protocol version or cipher suite in common"),
    CLIENT_CERTIFICATE("client-certificate", "the client's certificate is missing or not trusted"),
    TIMED_OUT("timed-out", "the handshake took too long"),
    CLOSED("closed", "the client closed the connection during the handshake"),
    OTHER("other", "the handshake failed");

    private final String tag;
    private final String text;

    HandshakeFailure(String tag, String text) {
        this.tag = tag;
        this.text = text;
    }

    /** Returns the reason in metrics. */
    public String tag() {
        return tag;
    }

    /** Returns the reason in a sentence. */
    public String text() {
        return text;
    }

    /** Returns the reason by the exception's class and, of the TLS library's fixed messages, by known words. */
    static HandshakeFailure of(@Nullable Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            return NOT_TLS;
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return TIMED_OUT;
        }
        if (cause instanceof ClosedChannelException) {
            return CLOSED;
        }
        // Netty wraps what the check of a certificate throws.
        if (cause instanceof SSLException && cause.getCause() instanceof CertificateException) {
            return CLIENT_CERTIFICATE;
        }
        return cause instanceof SSLException tls ? of(String.valueOf(tls.getMessage())) : OTHER;
    }

    private static HandshakeFailure of(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (words.contains("received fatal alert") || words.contains("alert_")) {
            return CLIENT_ALERT;
        }
        if (words.contains("certificate chain")
                || words.contains("certpath")
                || words.contains("pkix")
                || words.contains("did_not_return_a_certificate")) {
            return CLIENT_CERTIFICATE;
        }
        boolean none = words.contains("no cipher suites in common")
                || words.contains("no appropriate protocol")
                || words.contains("requested protocol")
                || words.contains("no_shared_cipher")
                || words.contains("unsupported_protocol");
        return none ? NOTHING_IN_COMMON : words.contains("not an ssl") ? NOT_TLS : OTHER;
    }
}
