package dev.clew.contract.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import dev.clew.testing.OtlpServer.Received;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator's filters, as described in {@code docs/filters.md}. Only the test build contains them. */
@QuarkusTest
class RequestFilterTest extends Contract {

    private static final String CUSTOMER = "x-customer";

    @Inject
    OpenTelemetry telemetry;

    private static Received planSpan(Trace trace) {
        return trace.spans().stream()
                .filter(span -> span.span().getName().equals("look up plan"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFilterMayChangeTheRequestLaterFromAnyThread() {
        RawResponse response = send(Call.post("/any/x", "the whole body").header(CUSTOMER, "c-1"));
        assertEquals(200, response.status());
        assertEquals("gold", response.echoed().one("x-plan"));
        assertEquals("the whole body", response.echoed().body());
    }

    @Test
    void itsSpansAreChildrenOfTheRequests() {
        RawResponse response = send(Call.get("/any/x").header(CUSTOMER, "c-2"));
        Trace trace = trace(response.traceId());
        Received server = trace.server();
        Received plan = planSpan(trace);
        assertEquals(Trace.spanId(server), Trace.parentId(plan));
        assertEquals(server.attribute("tenant.id"), plan.attribute("tenant.id"));
        assertEquals(server.resource(), plan.resource());
        assertTrue(plan.span().getStartTimeUnixNano() >= server.span().getStartTimeUnixNano(), "begins after it");
    }

    @Test
    void itsSpansFollowTheRequestsSampling() {
        Call call = Call.get("/any/x").host("kept-errors.test").header(CUSTOMER, "c-2");
        RawResponse response = send(call);
        assertEquals(200, response.status());
        assertEquals(List.of(), presentTrace(response.traceId()).spans());
    }

    @Test
    void aFilterMayRejectARequest() {
        RawResponse response = send(Call.get("/any/x").header(CUSTOMER, "nobody"));
        response.assertProblem(403, "filter-rejected");
        assertTrue(response.body().contains("The customer is unknown."), response::body);
    }

    @Test
    void aFilterThatThrowsCostsOneRequestAndTellsNothing() {
        RawResponse response = send(Call.get("/any/x").header(BrokenFilter.HEADER, "throws"));
        response.assertProblem(500, "internal-error");
        assertFalse(response.body().contains("secret-of-the-filter"), response::body);
        assertEquals(200, send(Call.get("/any/x")).status());
    }

    @Test
    void aFilterMayDecideOnAWorkerThatBlocksForIt() {
        RawResponse response = send(Call.post("/any/x", "a body").header(BrokenFilter.HEADER, "blocks"));
        assertEquals(200, response.status());
        assertEquals("a body", response.echoed().body());
    }

    @Test
    void itsMessageIsEscaped() {
        RawResponse response = send(Call.get("/any/x").header(BrokenFilter.HEADER, "quotes"));
        response.assertProblem(403, "filter-rejected");
        assertEquals("Plan \"gold\" costs 5 %\n", new JsonObject(response.body()).getString("detail"));
    }

    @Test
    void onlyTheFirstDecisionCounts() {
        send(Call.get("/any/x").header(BrokenFilter.HEADER, "twice")).assertProblem(403, "filter-rejected");
    }

    @Test
    void spansWithoutARequestGoToTheDefaultDestination() {
        String name = marker();
        telemetry.getTracer("test").spanBuilder(name).startSpan().end();
        Received span =
                world.otlp().awaitSpan(received -> received.span().getName().equals(name));
        assertEquals("clew", span.resourceAttribute("service.name"));
        assertNotNull(span.resourceAttribute("service.instance.id"));
    }
}
