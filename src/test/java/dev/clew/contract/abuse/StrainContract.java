package dev.clew.contract.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import dev.clew.testing.Await;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that cancel, mislead or cause much work: others are not affected. */
@ExtendWith(NeverBlocked.class)
abstract class StrainContract extends Contract {

    private static Call on(Call call) {
        return call.host(StreamFiles.HOST);
    }

    @Test
    void thoseWhoGaveUpWaitingTakeNobodysPlace() {
        String inside = marker() + "-inside";
        String waiting = marker() + "-waiting";
        String later = marker() + "-later";
        Metrics metrics = new Metrics(world.managementPort());
        metrics.awaitNoneActive();
        try (RawClient first = connect();
                RawClient second = connect();
                RawClient third = connect();
                RawClient fourth = connect()) {
            first.send(on(Call.get("/two-waiting/" + inside)));
            Turn turn = world.hand().take(inside);
            second.send(on(Call.get("/two-waiting/" + waiting)));
            third.send(on(Call.get("/two-waiting/" + waiting)));
            second.read().assertProblem(503, "upstream-busy");
            third.read().assertProblem(503, "upstream-busy");
            Await.until("single active request", () -> metrics.sum("clew_requests_active") == 1);

            fourth.send(on(Call.get("/two-waiting/" + later)));
            Await.until("fourth request in the queue", () -> metrics.sum("clew_requests_active") == 2);
            turn.respond("ok");
            world.hand().respond(later, "later");
            assertEquals("ok", first.read().body());
            assertEquals("later", fourth.read().body());
        }
        assertEquals(0, world.hand().count(waiting));
    }

    @Test
    void connectOverHttp2Is400WithATrace() {
        try (Http2Client client = new Http2Client(port())) {
            RawResponse response = responseOf(
                    client, client.open(Http2Client.END_STREAM, ":method CONNECT", ":authority acme.test:443"));
            response.assertProblem(400, "malformed-request");
            assertEquals(200, responseOf(client, client.get("/orders/1")).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://restart.test/any/", "https://restart.test/any/", "restart.test/any/", "*"})
    void pathOverHttp2NamesNoOtherTenant(String path) {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            RawResponse response = responseOf(client, client.get(path + marker));
            response.assertProblem(400, "malformed-request");
            String tenant = world.awaitAccessLogLine(response.traceId()).getString("tenant");
            assertTrue(tenant == null || !tenant.equals("restart"), () -> "attributed to " + tenant);
        }
        send(Call.get("/orders/fence")).echoed();
        assertFalse(world.echo().seen().stream().anyMatch(seen -> seen.uri().contains(marker)));
    }

    private static RawResponse responseOf(Http2Client client, int stream) {
        return assertInstanceOf(Outcome.Responded.class, client.await(stream)).response();
    }

    /** Comparing each option with each field would take millions of steps. */
    @Test
    void thousandsOfConnectionOptionsAreServedLikeAnyRequest() {
        StringBuilder options = new StringBuilder("x-named");
        for (int i = 0; i < 3_000; i++) {
            options.append(',').append(Integer.toString(i, 36));
        }
        Call call = Call.get("/orders/1").header("Connection", options.toString());
        for (int i = 0; i < 90; i++) {
            call = call.header("y" + Integer.toString(i, 36), "1");
        }
        Seen seen = send(call.header("X-Named", "1").header("X-Kept", "1")).echoed();

        assertEquals(List.of(), seen.all("x-named"));
        assertEquals("1", seen.one("x-kept"));
        assertEquals("1", seen.one("y" + Integer.toString(89, 36)));
        world.assertNoEventLoopBlocked();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Client-Cert",
                "True-Client-IP",
                "X-Client-IP",
                "X-Real-IP",
                "X_Real_IP",
                "x_forwarded-for"
            })
    void whatAStrangerSaysOfTheClientDoesNotReachTheUpstream(String name) {
        Seen seen = send(Call.get("/orders/1").header(name, "203.0.113.9")).echoed();

        assertFalse(seen.all(name).contains("203.0.113.9"), seen::toString);
    }
}
