package dev.clew.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.upstream.client.UpstreamRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterimResponsesTest {

    private final List<MultiMap> passedOn = new ArrayList<>();
    private boolean clientReads = true;
    private int failures;
    private HttpVersion upstreamVersion = HttpVersion.HTTP_1_1;

    private final HttpServerResponse response = stub(HttpServerResponse.class, (method, first) -> switch (method) {
        case "headWritten" -> false;
        case "writeQueueFull" -> !clientReads;
        case "writeEarlyHints" -> {
            passedOn.add((MultiMap) first);
            yield null;
        }
        default -> throw new AssertionError(method);
    });

    private final InterimResponses interim = new InterimResponses(
            stub(UpstreamRequest.class, (method, first) -> switch (method) {
                case "version" -> upstreamVersion;
                default -> throw new AssertionError(method);
            }),
            () -> failures++);

    private interface Results {
        Object to(String method, Object first);
    }

    private static <T> T stub(Class<T> type, Results results) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> results.to(method.getName(), arguments == null ? null : arguments[0])));
    }

    private static MultiMap hint(String value) {
        return MultiMap.caseInsensitiveMultiMap().add("Link", value);
    }

    @Test
    void passesFewHintsOn() {
        for (int i = 0; i < 2 * InterimResponses.MAX_PASSED_ON; i++) {
            interim.passOn(hint("</a.css>"), response);
        }
        assertEquals(InterimResponses.MAX_PASSED_ON, passedOn.size());
        assertEquals("</a.css>", passedOn.get(0).get("link"));
    }

    @Test
    void passesNoneOnWhileTheClientDoesNotRead() {
        clientReads = false;
        interim.passOn(hint("</a.css>"), response);
        assertEquals(List.of(), passedOn);
        clientReads = true;
        interim.passOn(hint("</b.css>"), response);
        assertEquals("</b.css>", passedOn.get(0).get("link"));
    }

    @Test
    void passesNoMoreBytesOnThanAreAllowed() {
        for (int i = 0; i < 8; i++) {
            interim.passOn(hint("x".repeat(10_000)), response);
        }
        assertEquals(3, passedOn.size());
    }

    @Test
    void passesNoUnsoundFieldOn() {
        upstreamVersion = HttpVersion.HTTP_2;
        interim.passOn(hint("a\r\nb: c"), response);
        assertEquals(List.of(), passedOn);
    }

    @Test
    void failsOnceBeyondTheNumberThatIsAllowed() {
        for (int i = 0; i < InterimResponses.MAX; i++) {
            assertTrue(interim.allowsOneMore());
        }
        assertEquals(0, failures);
        for (int i = 0; i < 10; i++) {
            assertFalse(interim.allowsOneMore());
        }
        assertEquals(1, failures);
    }
}
