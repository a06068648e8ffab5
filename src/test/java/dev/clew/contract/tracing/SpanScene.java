package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Caller;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request until its end: the client, the target, and an upstream controlled by a test. */
final class SpanScene implements AutoCloseable {

    static final String USER_AGENT = "scene/1";

    private static final String HALF = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n";

    private final Contract contract;
    private final Caller caller;
    private final String tenant;
    private final String route;
    private final String marker = Contract.marker();
    private final List<RawClient> others = new ArrayList<>();
    private final int clientPort;
    private String traceId = Trace.random();
    private String method = "GET";
    private String target = "/";

    SpanScene(Contract contract, Caller caller, String tenant, String route) {
        this.contract = contract;
        this.caller = caller;
        this.tenant = tenant;
        this.route = route.isEmpty() ? "any" : route;
        this.clientPort = caller.port();
    }

    String traceId() {
        return traceId;
    }

    String tenant() {
        return tenant;
    }

    String method() {
        return method;
    }

    String path() {
        return target.split("\\?", 2)[0];
    }

    /** Returns the query as recorded, or null without one. */
    @Nullable String redactedQuery() {
        return target.contains("?")
                ? target.split("\\?", 2)[1]
                        .replaceAll("(^|&)[^=&]+(?=&|$)", "$1REDACTED")
                        .replaceAll("=[^&]*", "=REDACTED")
                : null;
    }

    String version() {
        return caller instanceof Caller.Http2 ? "2" : "1.1";
    }

    int clientPort() {
        return clientPort;
    }

    /** Plays the course of events; returns when the request has ended or needs no further action to end. */
    void play(String happens) {
        switch (happens) {
            case "fails once" -> ask("GET", "/flaky/1/" + marker);
            case "fails always" -> ask("GET", "/flaky/9/" + marker);
            case "half a response" -> taken().send(HALF);
            case "half a request" -> halfOfABody();
            case "reset" -> resetAtOnce();
            case "reset in the response" -> resetInTheBody();
            case "client gone" -> leave();
            case "client gone in the response" -> leaveInTheBody();
            case "second of two" -> second();
            case "large body" -> ask("POST", "/" + route + "/" + marker, List.of(), "b".repeat(1025));
            case "too many" -> untilRateLimited();
            case "PUT" -> ask("PUT", "/read-only/x");
            case "malformed" -> malformed();
            default -> ask("GET", happens);
        }
    }

    private void get() {
        ask("GET", "/" + route + "/" + marker);
    }

    private void ask(String asked, String wanted) {
        ask(asked, wanted, List.of(), "");
    }

    private void ask(String asked, String wanted, List<String> lines, String body) {
        method = asked;
        target = wanted;
        List<String> all = new ArrayList<>(List.of("user-agent " + USER_AGENT, traceparent()));
        all.addAll(lines);
        caller.ask(method, tenant + ".test", target, all, body);
    }

    private String traceparent() {
        return "traceparent 00-" + traceId + "-00f067aa0ba902b7-01";
    }

    private Turn taken() {
        get();
        return contract.world.hand().take(marker);
    }

    /** Sends only the beginning of a body. */
    private void halfOfABody() {
        method = "POST";
        target = "/" + route + "/" + marker;
        if (caller instanceof Caller.Http1 http1) {
            http1.client()
                    .send(Call.of("POST", target)
                            .host(tenant + ".test")
                            .line("user-agent: " + USER_AGENT)
                            .line("content-length: 10")
                            .line(traceparent().replaceFirst(" ", ": "))
                            .raw("half"));
        } else if (caller instanceof Caller.Http2 http2) {
            int stream = http2.client()
                    .open(
                            0,
                            ":method POST",
                            ":scheme http",
                            ":authority " + tenant + ".test",
                            ":path " + target,
                            "user-agent " + USER_AGENT,
                            "content-length 10",
                            traceparent());
            http2.client().data(stream, 0, "half");
        }
    }

    /**
     * Resets a request that is not repeated; one without a body would be, on a connection that has already been used.
     */
    private void resetAtOnce() {
        ask("POST", "/" + route + "/" + marker, List.of(), "body");
        contract.world.hand().take(marker).reset();
    }

    private void resetInTheBody() {
        Turn turn = taken().send(HALF);
        caller.awaitBody();
        turn.reset();
    }

    private void leave() {
        Turn turn = taken();
        caller.close();
        turn.awaitClosed();
    }

    private void leaveInTheBody() {
        Turn turn = taken().send(HALF);
        caller.awaitBody();
        caller.close();
        turn.awaitClosed();
    }

    /** Sends a request while another one uses all permits. */
    private void second() {
        String inside = Contract.marker();
        RawClient other = contract.connect();
        others.add(other);
        other.send(Call.get("/" + route + "/" + inside).host(tenant + ".test"));
        contract.world.hand().take(inside);
        get();
    }

    /** Sends requests until one is rejected: only so many pass per second, and they arrive faster on any machine. */
    private void untilRateLimited() {
        Await.until("rejection", () -> {
            traceId = Trace.random();
            get();
            return caller.awaitStatus() == 429;
        });
    }

    /** Sends a head that violates its version's grammar; the gateway itself responds in both versions. */
    private void malformed() {
        if (caller instanceof Caller.Http1) {
            ask("GET", "/any/x", List.of("no-colon"), "");
        } else {
            ask("GET", "/any/x", List.of("x-a a\u0001b"), "");
        }
        assertEquals(400, caller.awaitStatus());
    }

    @Override
    public void close() {
        caller.close();
        // The gateway waits for a client that only ends its side; EndingContract covers that.
        others.forEach(RawClient::abort);
    }
}
