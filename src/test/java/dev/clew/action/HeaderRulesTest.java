package dev.clew.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "keep-alive",
                "Proxy-Connection",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "HTTP2-Settings",
                "Proxy-Authenticate",
                "Proxy-Authorization",
                "Proxy-Authentication-Info",
                "Content-Length",
                "Expect",
                "Host",
                "traceparent",
                "TraceState",
                "baggage",
                "b3",
                "X-B3-TraceId",
                "X-Trace-Id",
                "X-Span-Id",
                "traceresponse",
                "Server-Timing",
                "Via",
                "Forwarded",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Real-IP",
                "True-Client-IP",
                "X-Client-IP",
                "Client-Cert",
                "Client-Cert-Chain",
                "uber-trace-id",
                "uberctx-a",
                "jaeger-debug-id",
                "jaeger-baggage",
                "ot-tracer-traceid",
                "ot-baggage-a",
                "X-Amzn-Trace-Id",
                "X-Trace-Force",
                "X_Real_IP",
                "x_forwarded-for",
                "Client_Cert",
                "x_b3_traceid",
                "Content_Length"
            })
    void rejectsFieldsOfTheConnectionAndOfTheGateway(String name) {
        assertThrows(IllegalArgumentException.class, () -> HeaderRules.name(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", ":path", "a\r\nb", "é", "a(b)", "a\u0000"})
    void rejectsWhatIsNoName(String name) {
        assertThrows(IllegalArgumentException.class, () -> HeaderRules.name(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a ", "a\r\nX-Evil: 1", "a\nb", "a\u0000", "é", "\u007f"})
    void rejectsWhatIsNoValue(String value) {
        String message = assertThrows(IllegalArgumentException.class, () -> HeaderRules.value(value))
                .getMessage();

        assertFalse(value.length() > 2 && message.contains(value), message);
    }

    @Test
    void takesOthersInLowerCase() {
        assertEquals("x-frame-options", HeaderRules.name("X-Frame-Options"));
        assertEquals("max-age=1; includeSubDomains", HeaderRules.value("max-age=1; includeSubDomains"));
    }
}
