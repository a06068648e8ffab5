package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Header fields in SERVER spans: those that a tenant names, except credentials. */
abstract class CapturedHeadersContract extends Contract {

    private static final String HOST = "capturing.test";
    private static final String CREDULOUS = "credulous.test";

    private static Map<String, String> captured(Trace trace) {
        return Trace.attributes(trace.server()).entrySet().stream()
                .filter(attribute -> attribute.getKey().startsWith("http.request.header.")
                        || attribute.getKey().startsWith("http.response.header."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void everyLineIsAValueOfAnArrayInTheServerSpanOnly() {
        Call call = Call.get("/any/answer?status=200&x-many=a&x-many=b,+c&x-other=d")
                .host(HOST)
                .header("X-Order", "1")
                .header("x-ORDER", "2, 3")
                .header("X-Other", "4");
        Trace trace = trace(send(call).traceId());

        assertEquals(
                Map.of("http.request.header.x-order", "[1, 2, 3]", "http.response.header.x-many", "[a, b, c]"),
                captured(trace));
        assertEquals(2, values(trace, "http.request.header.x-order"));
        assertFalse(Trace.attributeNames(trace.client()).stream().anyMatch(name -> name.contains("header")));
    }

    private static int values(Trace trace, String key) {
        return trace.server().span().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .findFirst()
                .orElseThrow()
                .getValue()
                .getArrayValue()
                .getValuesCount();
    }

    @Test
    void atMostEightValuesOf256Characters() {
        Call call = Call.get("/any/x").host(HOST).header("x-order", "v".repeat(300));
        for (int i = 0; i < 9; i++) {
            call = call.header("x-order", "w");
        }
        Trace trace = trace(send(call).traceId());

        assertEquals(8, values(trace, "http.request.header.x-order"));
        assertTrue(captured(trace).get("http.request.header.x-order").startsWith("[" + "v".repeat(256) + ", w,"));
    }

    @Test
    void anErrorOfTheGatewaysOwnShowsThemToo() {
        RawResponse response = send(Call.get("/nothing").host(HOST).header("x-order", "1"));

        response.assertProblem(404, "unknown-route");
        assertEquals(
                Map.of(
                        "http.request.header.x-order",
                        "[1]",
                        "http.response.header.content-type",
                        "[application/problem+json]"),
                captured(trace(response.traceId())));
    }

    /** The tenant's file names three credential fields, in mixed case; the tenant is served, and none is captured. */
    @Test
    void credentialsAreNeverCaptured() {
        for (String target : Set.of("/any/answer?status=200&set-cookie=id%3Dsecret&x-many=a", "/nothing")) {
            RawResponse response = send(Call.get(target)
                    .host(CREDULOUS)
                    .header("authorization", "Bearer secret")
                    .header("AuthoriZation", "Basic secret")
                    .header("COOKIE", "id=secret")
                    .header("x-order", "1"));
            Trace trace = trace(response.traceId());

            assertEquals("credulous", trace.server().attribute("tenant.id"));
            assertFalse(trace.spans().toString().contains("secret"), trace::toString);
            Map<String, String> expected = target.equals("/nothing")
                    ? Map.of("http.request.header.x-order", "[1]")
                    : Map.of("http.request.header.x-order", "[1]", "http.response.header.x-many", "[a]");
            assertEquals(expected, captured(trace));
        }
    }

    @Test
    void nobodyElsesSpansHaveThem() {
        Trace trace = trace(send(Call.get("/any/x").header("x-order", "1")).traceId());

        assertEquals(Map.of(), captured(trace));
    }
}
