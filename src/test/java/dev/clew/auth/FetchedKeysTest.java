package dev.clew.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.access.KeySet;
import dev.clew.access.KeySource.Fetched;
import dev.clew.testing.Await;
import dev.clew.testing.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The fetches of a key set, and the keys in force meanwhile; with a clock that the test advances. */
class FetchedKeysTest {

    private static final String TEXT = Tokens.keySet(Tokens.ec("a"));

    private static final Fetched SOURCE = new Fetched(
            URI.create("http://127.0.0.1"), null, Duration.ofMinutes(5), Duration.ofHours(2), Duration.ofSeconds(10));

    private final List<Promise<KeySet>> questions = new ArrayList<>();
    private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos();
    private final FetchedKeys keys = new FetchedKeys(
            "test",
            SOURCE,
            () -> {
                questions.add(Promise.promise());
                return last().future();
            },
            () -> now);

    private Promise<KeySet> last() {
        return questions.get(questions.size() - 1);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        keys.fetchIfDue();
    }

    @Test
    void fetchesImmediatelyAndAgainBeforeTheKeysAreOutdated() {
        keys.fetchIfDue();
        keys.fetchIfDue();
        assertEquals(1, questions.size());
        assertNull(keys.current());
        last().complete(KeySet.parse(TEXT));
        assertNotNull(keys.current());
        pass(Duration.ofMinutes(5).minusNanos(1));
        assertEquals(1, questions.size());
        pass(Duration.ofNanos(1));
        assertEquals(2, questions.size());
    }

    @Test
    void equalKeysStayTheSameObject() {
        keys.fetchIfDue();
        last().complete(KeySet.parse(TEXT));
        KeySet first = keys.current();
        pass(Duration.ofMinutes(5));
        last().complete(KeySet.parse(TEXT));
        assertSame(first, keys.current());
        pass(Duration.ofMinutes(5));
        last().complete(KeySet.parse(Tokens.keySet(Tokens.ec("b"))));
        assertTrue(first != keys.current());
    }

    @Test
    void lastKeysStayInForceForTheConfiguredTime() {
        keys.fetchIfDue();
        last().complete(KeySet.parse(TEXT));
        pass(Duration.ofMinutes(5));
        last().fail("status 503");
        assertEquals(FetchedKeys.State.STALE, keys.state());
        now += Duration.ofHours(2).minus(Duration.ofMinutes(5)).toNanos();
        assertNotNull(keys.current());
        now++;
        assertNull(keys.current());
        assertEquals(FetchedKeys.State.MISSING, keys.state());
    }

    @Test
    void backsOffWhileTheServerFails() {
        keys.fetchIfDue();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            int before = questions.size();
            last().fail("status 503");
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertEquals(before, questions.size());
            pass(Duration.ofNanos(1));
            assertEquals(before + 1, questions.size());
        }
    }

    @Test
    void requestsShareAFetchAndMayCauseOneAgainAfterTheCoolDown() {
        Future<Void> first = keys.refresh();
        assertNotNull(first);
        assertSame(first, keys.refresh());
        last().complete(KeySet.parse(TEXT));
        assertTrue(first.succeeded());
        assertNull(keys.refresh());
        now += Duration.ofSeconds(10).toNanos();
        assertNotNull(keys.refresh());
        assertEquals(2, questions.size());
    }

    /** Each thread here acts as an event loop. */
    @Test
    void threadThatWantsKeysDoesNotWaitForTheOneThatBeginsTheFetch() {
        List<Future<Void>> joined = new ArrayList<>();
        AtomicReference<FetchedKeys> shared = new AtomicReference<>();
        shared.set(new FetchedKeys(
                "test",
                SOURCE,
                () -> {
                    joined.add(CompletableFuture.supplyAsync(() -> shared.get().refresh())
                            .orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .join());
                    return Future.succeededFuture(KeySet.parse(TEXT));
                },
                () -> now));

        shared.get().fetchIfDue();
        assertEquals(1, joined.size());
        assertTrue(joined.get(0).succeeded());
    }

    @Test
    void waitingRequestsAreBounded() {
        for (int i = 0; i < FetchedKeys.MAX_WAITING; i++) {
            assertNotNull(keys.refresh());
        }
        assertNull(keys.refresh());
        last().fail("gone");
        now += Duration.ofSeconds(10).toNanos();
        assertNotNull(keys.refresh());
    }
}
