package dev.clew.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HandshakeFailureTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(HandshakeFailure.NOT_TLS, new NotSslRecordException("not an SSL/TLS record: 474554")),
                Arguments.of(HandshakeFailure.TIMED_OUT, new SslHandshakeTimeoutException("handshake timed out")),
                Arguments.of(HandshakeFailure.CLOSED, new ClosedChannelException()),
                Arguments.of(
                        HandshakeFailure.CLIENT_ALERT,
                        new SSLHandshakeException("Received fatal alert: certificate_unknown")),
                Arguments.of(
                        HandshakeFailure.NOTHING_IN_COMMON, new SSLHandshakeException("no cipher suites in common")),
                Arguments.of(
                        HandshakeFailure.NOTHING_IN_COMMON,
                        new SSLHandshakeException(
                                "Client requested protocol TLSv1.1 is not enabled or supported in server context")),
                Arguments.of(
                        HandshakeFailure.CLIENT_CERTIFICATE,
                        new SSLHandshakeException("Empty client certificate chain")),
                Arguments.of(
                        HandshakeFailure.CLIENT_CERTIFICATE,
                        new SSLHandshakeException("PKIX path building failed: unable to find valid path")),
                Arguments.of(HandshakeFailure.OTHER, new SSLHandshakeException(null)),
                Arguments.of(HandshakeFailure.OTHER, new IllegalStateException("quotes what was sent")),
                Arguments.of(HandshakeFailure.OTHER, null));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isNamedWithoutQuotingTheException(HandshakeFailure expected, @Nullable Throwable cause) {
        assertEquals(expected, HandshakeFailure.of(cause));
    }
}
