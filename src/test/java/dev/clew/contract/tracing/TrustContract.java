package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import dev.clew.testing.OtlpServer.Received;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trust in a caller's trace context, and the decision to record a request. */
abstract class TrustContract extends Contract {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @Test
    void preservesAValidInboundTraceId() {
        RawResponse response = send(Call.get("/orders/1")
                .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                .header("tracestate", "a=1")
                .header("tracestate", "b=2"));

        assertEquals(TRACE, response.traceId());
        assertEquals("a=1,b=2", response.echoed().one("tracestate"));
        world.otlp()
                .awaitSpan(span -> Trace.isServer(span)
                        && Trace.traceId(span).equals(TRACE)
                        && Trace.spanId(span).equals(response.spanId())
                        && Trace.parentId(span).equals(PARENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "4bf92f3577b34da6a3ce929d0e0e4736",
            })
    void replacesAnInvalidInboundTraceId(String traceparent) {
        RawResponse response =
                send(Call.get("/orders/1").header("traceparent", traceparent).header("tracestate", "a=1"));

        assertNotEquals(TRACE, response.traceId());
        assertTrue(response.echoed().one("traceparent").contains(response.traceId()), response::toString);
        assertEquals(List.of(), response.echoed().all("tracestate"));
    }

    @Test
    void replacesADoubledTraceparent() {
        String line = "traceparent: 00-" + TRACE + "-" + PARENT + "-01";

        assertNotEquals(TRACE, send(Call.get("/orders/1").line(line).line(line)).traceId());
    }

    @Test
    void freshTraceIdsDiffer() {
        List<String> ids = IntStream.range(0, 50)
                .mapToObj(i -> send(Call.get("/nothing")).traceId())
                .toList();

        assertEquals(50, Set.copyOf(ids).size());
    }

    @Test
    void restartBeginsANewTraceAndLinksTheCallers() {
        RawResponse response = send(
                Call.get("/any/x").host("restart.test").header("traceparent", "00-" + TRACE + "-" + PARENT + "-01"));

        assertNotEquals(TRACE, response.traceId());
        Received server = trace(response.traceId()).server();
        assertEquals("", Trace.parentId(server));
        assertEquals(1, server.span().getLinksCount());
        assertEquals(TRACE, Trace.hex(server.span().getLinks(0).getTraceId()));
        assertEquals(PARENT, Trace.hex(server.span().getLinks(0).getSpanId()));
    }

    @Test
    void aTenantThatSamplesNothingExportsNothingThoughItsResponsesNameTheTrace() {
        RawResponse response = send(Call.get("/any/x").host("quiet.test"));

        assertTrue(response.echoed().one("traceparent").endsWith("-02"), response::toString);
        assertEquals(List.of(), presentTrace(response.traceId()).spans());
    }

    @Test
    void onlyATrustedCallerForbidsRecording() {
        String unsampled = "-" + PARENT + "-00";
        String believed = Trace.random();
        String overruled = Trace.random();

        send(Call.get("/any/x").host("preserve.test").header("traceparent", "00-" + believed + unsampled));
        send(Call.get("/any/x").header("traceparent", "00-" + overruled + unsampled));

        assertEquals(2, trace(overruled).spans().size());
        assertEquals(List.of(), presentTrace(believed).spans());
    }

    @Test
    void aCallersNetworkDecidesHowFarItIsBelieved() {
        String believed = Trace.random();
        String restarted = Trace.random();
        Call call = Call.get("/any/x").host("network.test");

        assertEquals(
                believed,
                sendFrom(TRUSTED_PROXY, call.header("traceparent", "00-" + believed + "-" + PARENT + "-00"))
                        .traceId());
        assertNotEquals(restarted, send(call.in(restarted)).traceId());
        assertNotEquals(
                restarted,
                send(call.in(restarted).header("X-Forwarded-For", TRUSTED_PROXY))
                        .traceId(),
                "a header makes no caller trusted");
        assertEquals(List.of(), presentTrace(believed).spans(), "a trusted caller's decision counts");
    }

    @Test
    void aRouteSamplesForItself() {
        RawResponse chosen = send(Call.get("/chosen").host("routed.test"));
        RawResponse other = send(Call.get("/other").host("routed.test"));
        RawResponse none = send(Call.get("/none").host("routed.test"));

        assertEquals(2, trace(chosen.traceId()).spans().size());
        assertTrue(chosen.one("traceresponse").endsWith("-03"), chosen::toString);
        assertTrue(other.one("traceresponse").endsWith("-02"), other::toString);
        assertTrue(none.one("traceresponse").endsWith("-02"), none::toString);
        assertEquals(List.of(), presentTrace(other.traceId()).spans());
        assertEquals(List.of(), presentTrace(none.traceId()).spans());
    }

    @Test
    void aBudgetBoundsWhatTheGatewayChoosesAndNotWhatABelievedCallerDecided() {
        String caller = Trace.random();
        RawResponse own = send(Call.get("/any/x").host("spent.test"));
        send(Call.get("/any/x").host("spent.test").in(caller));

        assertEquals(2, trace(caller).spans().size());
        assertEquals(List.of(), presentTrace(own.traceId()).spans());
    }
}
