package dev.clew.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.proxy.UpstreamFailure.Awaited;
import dev.clew.upstream.client.UpstreamResponse;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamFailureTest {

    private static UpstreamResponse response(HttpVersion version, int status, MultiMap fields) {
        Map<String, Object> facts = Map.of("version", version, "statusCode", status, "headers", fields);
        return (UpstreamResponse) Proxy.newProxyInstance(
                UpstreamResponse.class.getClassLoader(),
                new Class<?>[] {UpstreamResponse.class},
                (proxy, method, arguments) -> facts.get(method.getName()));
    }

    @Test
    void tellsAConnectionThatTookTooLongFromOneThatFailed() {
        assertEquals(
                ErrorKind.CONNECT_TIMEOUT,
                UpstreamFailure.whileConnecting(new ConnectTimeoutException("slow"))
                        .kind());
        GatewayError refused = UpstreamFailure.whileConnecting(new ConnectException("refused: 10.0.0.1:80"));
        assertEquals(ErrorKind.UPSTREAM_UNREACHABLE, refused.kind());
        assertTrue(refused.detail().contains("10.0.0.1:80"), refused.detail());
        assertFalse(refused.publicMessage().contains("10.0.0.1"), refused.publicMessage());
    }

    @Test
    void tellsAConnectionThatEndedFromAResponseThatIsNotUnderstood() {
        for (Exception gone :
                new Exception[] {new HttpClosedException("closed"), new StreamResetException(2), new IOException("x")
                }) {
            assertEquals(
                    ErrorKind.UPSTREAM_RESET,
                    UpstreamFailure.whileExchanging(gone).kind(),
                    gone.getClass()::getName);
        }
        GatewayError invalid = UpstreamFailure.whileExchanging(new IllegalArgumentException("secret: value"));
        assertEquals(ErrorKind.UPSTREAM_INVALID, invalid.kind());
        assertEquals("java.lang.IllegalArgumentException", invalid.detail(), "a decoder may quote the message");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTION, CONNECT_TIMEOUT, CONNECT_TIMEOUT, REQUEST_OVERDUE",
        "REQUEST, REQUEST_TIMEOUT, REQUEST_TIMEOUT, REQUEST_TIMEOUT",
        "UPSTREAM_READS, IDLE_TIMEOUT, IDLE_TIMEOUT, REQUEST_OVERDUE",
        "RESPONSE_HEAD, RESPONSE_TIMEOUT, RESPONSE_TIMEOUT, REQUEST_OVERDUE",
        "RESPONSE_BODY, IDLE_TIMEOUT, RESPONSE_TIMEOUT, REQUEST_OVERDUE",
        "CLIENT_READS, CLIENT_STALLED, CLIENT_STALLED, CLIENT_STALLED",
    })
    void namesWhatWasWaitedForInVain(Awaited what, ErrorKind step, ErrorKind attempt, ErrorKind request) {
        assertEquals(step, UpstreamFailure.timedOut(what, false).kind(), "the step took too long");
        assertEquals(attempt, UpstreamFailure.timedOut(what, true).kind(), "the attempt took too long");
        assertEquals(request, UpstreamFailure.overdue(what).kind(), "the request took too long");
    }

    @ParameterizedTest
    @CsvSource({"100, false", "101, false", "199, false", "200, true", "304, true", "599, true", "600, false"})
    void passesOnFinalStatusesOnly(int status, boolean passed) {
        MultiMap none = MultiMap.caseInsensitiveMultiMap();
        assertEquals(passed, UpstreamFailure.isForwardable(response(HttpVersion.HTTP_1_1, status, none)));
    }

    @Test
    void passesNoUnsoundFieldOnThatCameOverHttp2() {
        MultiMap unsound = MultiMap.caseInsensitiveMultiMap().add("x-a", "b\r\nc: d");
        assertFalse(UpstreamFailure.isForwardable(response(HttpVersion.HTTP_2, 200, unsound)));
        MultiMap sound = MultiMap.caseInsensitiveMultiMap().add("x-a", "b");
        assertTrue(UpstreamFailure.isForwardable(response(HttpVersion.HTTP_2, 200, sound)));
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "0, 2", "2, 2", "7, 2", "11, 2"})
    void passesOnNoCodeButThatTheUpstreamCancelled(long received, long passedOn) {
        assertEquals(passedOn, UpstreamFailure.forwardedCode(new StreamResetException(received)));
    }

    @Test
    void takesAStreamThatWasRefusedOrAClosedConnectionForNothingDone() {
        assertTrue(UpstreamFailure.isUnprocessed(new StreamResetException(7)));
        assertTrue(UpstreamFailure.isUnprocessed(new HttpClosedException("closed")));
        assertTrue(UpstreamFailure.isUnprocessed(new IOException("broken pipe")));
        assertFalse(UpstreamFailure.isUnprocessed(new StreamResetException(2)));
        assertFalse(UpstreamFailure.isUnprocessed(new IllegalStateException()));
    }

    @Test
    void saysOfAFaultOfTheGatewayWhatItIsAndNotWhatItSays() {
        GatewayError error = UpstreamFailure.ofTheGateway(new IllegalStateException("a header's value"));
        assertEquals(ErrorKind.INTERNAL, error.kind());
        assertEquals("java.lang.IllegalStateException", error.detail());
        assertNull(UpstreamFailure.outOfTime().detail());
    }
}
