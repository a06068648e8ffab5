package dev.clew.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of failed handshakes as Netty passes them on from BoringSSL. */
class BoringSslFailureTest {

    @ParameterizedTest
    @CsvSource({
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN,CLIENT_ALERT",
        "TLSV1_ALERT_UNKNOWN_CA,CLIENT_ALERT",
        "NO_SHARED_CIPHER,NOTHING_IN_COMMON",
        "UNSUPPORTED_PROTOCOL,NOTHING_IN_COMMON",
        "PEER_DID_NOT_RETURN_A_CERTIFICATE,CLIENT_CERTIFICATE",
        "DECODE_ERROR,OTHER"
    })
    void areToldApart(String words, HandshakeFailure expected) {
        String message = "error:100000c0:SSL routines:OPENSSL_internal:" + words;
        assertEquals(expected, HandshakeFailure.of(new SSLHandshakeException(message)));
    }

    @Test
    void anUntrustedCertificateIsTheCause() {
        SSLHandshakeException wrapped = new SSLHandshakeException("General OpenSslEngine problem");
        wrapped.initCause(new CertificateException("of somebody"));
        assertEquals(HandshakeFailure.CLIENT_CERTIFICATE, HandshakeFailure.of(wrapped));
    }
}
