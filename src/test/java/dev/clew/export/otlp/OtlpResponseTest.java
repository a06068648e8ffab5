package dev.clew.export.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.settings.OtlpSettings.Protocol;
import dev.clew.testing.RetryInfo;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpResponseTest {

    private static final byte[] NOTHING = {};

    private static Response.Builder response(int status) {
        return new Response.Builder()
                .request(new Request.Builder().url("http://h/").build())
                .protocol(okhttp3.Protocol.HTTP_2)
                .message("")
                .code(status);
    }

    /** @param status zero if the backend accepted the message */
    private static void assertResponse(Protocol protocol, int status, boolean retryable, OtlpResponse response) {
        assertEquals(retryable, response.retryable());
        assertEquals(Duration.ZERO, response.retryAfter());
        assertEquals(0, response.rejected());
        if (response.failure() instanceof OtlpResponse.Rejected rejected) {
            assertEquals(protocol, rejected.protocol());
            assertEquals(status, rejected.status());
        } else {
            assertNull(response.failure());
            assertEquals(0, status);
        }
    }

    @ParameterizedTest
    @CsvSource({"200,false", "400,false", "500,false", "408,false", "429,true", "502,true", "503,true", "504,true"})
    void retriesTheHttpStatusesOfTheSpecification(int status, boolean retryable) {
        OtlpResponse response = OtlpResponse.http(response(status).build(), NOTHING, Instant.EPOCH);
        assertResponse(Protocol.HTTP_PROTOBUF, status == 200 ? 0 : status, retryable, response);
    }

    @ParameterizedTest
    @CsvSource({
        "0,false",
        "1,true",
        "2,false",
        "3,false",
        "4,true",
        "5,false",
        "6,false",
        "7,false",
        "8,false",
        "9,false",
        "10,true",
        "11,true",
        "12,false",
        "13,false",
        "14,true",
        "15,true",
        "16,false"
    })
    void retriesTheGrpcStatusesOfTheSpecification(int status, boolean retryable) throws IOException {
        Response response = response(200).header("grpc-status", "" + status).build();
        assertResponse(Protocol.GRPC, status, retryable, OtlpResponse.grpc(response, NOTHING));
    }

    @Test
    void retriesAnExhaustedGrpcBackendOnlyWhenItSaysWhenItRecovers() throws IOException {
        Response.Builder exhausted = response(200).header("grpc-status", "8");
        Response withoutDelay =
                exhausted.header("grpc-status-details-bin", "CAg").build();
        assertFalse(OtlpResponse.grpc(withoutDelay, NOTHING).retryable());
        Response garbage = exhausted.header("grpc-status-details-bin", "!!").build();
        assertFalse(OtlpResponse.grpc(garbage, NOTHING).retryable());
        for (String status : new String[] {"8", "14"}) {
            OtlpResponse response = OtlpResponse.grpc(
                    response(200)
                            .header("grpc-status", status)
                            .header("grpc-status-details-bin", RetryInfo.base64(1, 500_000_000))
                            .build(),
                    NOTHING);
            assertTrue(response.retryable());
            assertEquals(Duration.ofMillis(1500), response.retryAfter());
        }
    }

    @ParameterizedTest
    @CsvSource({"200,2,false", "404,12,false", "401,16,false", "403,7,false", "503,14,true", "429,14,true"})
    void takesWhatAProxyRespondsForAGrpcStatus(int http, int status, boolean retryable) throws IOException {
        assertResponse(
                Protocol.GRPC,
                status,
                retryable,
                OtlpResponse.grpc(response(http).build(), NOTHING));
    }

    @ParameterizedTest
    @CsvSource({
        "120,120",
        "0,0",
        "-5,0",
        "soon,0",
        "'Thu, 01 Jan 1970 00:01:40 GMT',90",
        "'Thu, 01 Jan 1970 00:00:01 GMT',0",
        "99999999999,2147483647",
        "'Fri, 31 Dec 9999 23:59:59 GMT',2147483647"
    })
    void readsRetryAfter(String value, int seconds) {
        Response response = response(503).header("Retry-After", value).build();
        assertEquals(
                Duration.ofSeconds(seconds),
                OtlpResponse.http(response, NOTHING, Instant.ofEpochSecond(10)).retryAfter());
    }

    @Test
    void retriesConnectionFailuresButNoneThatLast() {
        for (IOException failure : List.of(
                new ConnectException(),
                new UnknownHostException(),
                new SocketTimeoutException(),
                new IOException("unexpected end of stream", new EOFException()))) {
            assertTrue(OtlpResponse.failed(failure).retryable(), failure::toString);
        }
        for (IOException failure : List.of(
                new SSLHandshakeException("untrusted"),
                new ProtocolException(),
                new OtlpResponse.TooLong(),
                new InterruptedIOException("timeout"))) {
            assertFalse(OtlpResponse.failed(failure).retryable(), failure::toString);
        }
    }
}
