package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The propagation headers that upstreams receive, and no others. */
abstract class OutboundContract extends Contract {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    /** Headers that may carry context, as a client may send them. */
    private static final List<String> FOREIGN = List.of(
            "b3: " + TRACE + "-" + SPAN + "-1",
            "X-B3-TraceId: " + TRACE,
            "X-B3-SpanId: " + SPAN,
            "X-B3-ParentSpanId: " + SPAN,
            "X-B3-Sampled: 1",
            "X-B3-Flags: 1",
            "uber-trace-id: " + TRACE + ":" + SPAN + ":0:1",
            "uberctx-user: 1",
            "jaeger-baggage: user=1",
            "jaeger-debug-id: 1",
            "ot-tracer-traceid: " + SPAN,
            "ot-tracer-spanid: " + SPAN,
            "ot-tracer-sampled: true",
            "ot-baggage-user: 1",
            "X-Amzn-Trace-Id: Root=1-4bf92f35-77b34da6a3ce929d0e0e4736",
            "traceresponse: 00-" + TRACE + "-" + SPAN + "-01",
            "X-Trace-Force: token");

    @ParameterizedTest
    @ValueSource(strings = {"w3c", "b3", "b3multi", "none"})
    void removesWhateverAClientSendsOfAnyFormatHoweverItIsSpelled(String route) {
        Call call = Call.get("/" + route + "/x").host("formats.test").header("X-Kept", "1");
        for (String line : FOREIGN) {
            int colon = line.indexOf(':');
            String value = line.substring(colon);
            call = call.line(line)
                    .line(line.substring(0, colon).toUpperCase(Locale.ROOT) + value)
                    .line(line.substring(0, colon).toLowerCase(Locale.ROOT) + value);
        }
        Seen seen = send(call.header("baggage", "user=1").header("Baggage", "user=2"))
                .echoed();

        assertEquals("1", seen.one("x-kept"));
        List<String> context = seen.names().stream()
                .filter(name -> name.matches("b3|x-b3-.*|trace.*|baggage|uber.*|jaeger.*|ot-.*|x-amzn.*|x-trace.*"))
                .sorted()
                .toList();
        assertEquals(
                switch (route) {
                    case "w3c" -> List.of("baggage", "traceparent");
                    case "b3" -> List.of("b3", "baggage");
                    case "b3multi" -> List.of("baggage", "x-b3-sampled", "x-b3-spanid", "x-b3-traceid");
                    default -> List.of();
                },
                context);
        assertTrue(seen.headers().stream().noneMatch(line -> line.getValue().contains(SPAN)), seen::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"traceparent", "Tracestate", "TRACEPARENT, tracestate, baggage", "b3, x-b3-traceid"})
    void connectionCannotTakeTheContextAway(String options) {
        Seen seen = send(Call.get("/any/x")
                        .in(TRACE)
                        .header("tracestate", "a=1")
                        .header("Connection", options))
                .echoed();

        assertTrue(seen.one("traceparent").startsWith("00-" + TRACE), seen::toString);
        assertEquals("a=1", seen.one("tracestate"));
        assertEquals("tenant.id=acme", seen.one("baggage"));
    }

    @ParameterizedTest
    @CsvSource({"01, 1", "00, 0"})
    void tellsAnUpstreamInB3(String flags, String state) {
        Call call = Call.get("/b3/x").host("formats.test").header("traceparent", traceparent(flags));
        Seen seen = send(call.header("tracestate", "a=1")).echoed();

        assertTrue(seen.one("b3").matches(TRACE + "-[0-9a-f]{16}-" + state), seen::toString);
        assertEquals(List.of(), seen.all("tracestate"));
    }

    @ParameterizedTest
    @CsvSource({"01, 1", "00, 0"})
    void tellsAnUpstreamInSeveralHeadersOfB3(String flags, String state) {
        Call call = Call.get("/b3multi/x").host("formats.test").header("traceparent", traceparent(flags));
        Seen seen = send(call).echoed();

        assertEquals(TRACE, seen.one("x-b3-traceid"));
        assertTrue(seen.one("x-b3-spanid").matches("[0-9a-f]{16}"), seen::toString);
        assertEquals(state, seen.one("x-b3-sampled"));
    }

    @Test
    void tellsAnUpstreamNothingWhereTheTenantSaysSo() {
        RawResponse response =
                send(Call.get("/none/x").host("formats.test").in(TRACE).header("baggage", "user=1"));

        assertEquals(TRACE, response.traceId());
        assertEquals(List.of(), response.echoed().all("baggage"));
        assertTrue(response.echoed().headers().stream()
                .noneMatch(line -> line.getValue().contains(TRACE)));
    }

    @Test
    void makesTheAttemptsSpanTheParentInB3Too() {
        String traceId = Trace.random();
        RawResponse response =
                send(Call.get("/flaky/1/" + marker()).host("formats.test").in(traceId));
        List<String> attempts =
                trace(traceId).clients().stream().map(Trace::spanId).toList();

        assertEquals(2, attempts.size());
        assertNotEquals(attempts.get(0), attempts.get(1));
        assertEquals(traceId + "-" + attempts.get(1) + "-1", response.echoed().one("b3"));
    }

    @Test
    void setsTheTenantsIdInBaggageAndLetsNothingElsePassUnlessTheTenantSaysSo() {
        assertEquals("tenant.id=acme", baggage("acme.test", "tenant.id=evil,user=1", "plan=gold;p=1"));
        assertEquals("tenant.id=acme", baggage("acme.test"));
    }

    @Test
    void passesTheBaggageThatTheTenantListsFromAllLines() {
        assertEquals(
                "tenant.id=talkative,user=1;p=2,plan=%C3%A9,user=3",
                baggage("talkative.test", "tenant.id = evil, user = 1 ; p=2", "x=1,plan=%C3%A9,plan=a b", "user=3"));
    }

    @Test
    void sendsNoMoreBaggageThanTheSpecificationProvidesFor() {
        String many = baggage("talkative.test", "user=1,".repeat(70));
        assertEquals(64, many.split(",", -1).length);

        String big = "v".repeat(8100);
        assertEquals(
                "tenant.id=talkative,user=" + big + ",plan=1",
                baggage("talkative.test", "user=" + big + ",user=" + big, "plan=1"));
    }

    @Test
    void passesNoBaggageOfACallerWhoseTraceIsNotContinued() {
        assertEquals("tenant.id=restart", baggage("restart.test", "user=1"));
    }

    private String baggage(String host, String... lines) {
        Call call = Call.get("/any/x").host(host);
        for (String line : lines) {
            call = call.header("Baggage", line);
        }
        return send(call).echoed().one("baggage");
    }

    private static String traceparent(String flags) {
        return "00-" + TRACE + "-" + SPAN + "-" + flags;
    }
}
