package dev.clew.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ApiTurnsTest {

    @Test
    void oneWaitsForTheOtherAndAThirdIsRejected() {
        ApiTurns turns = new ApiTurns(1, 1);
        Promise<String> first = Promise.promise();
        AtomicInteger begun = new AtomicInteger();
        Future<String> one = turns.run(() -> {
            begun.incrementAndGet();
            return first.future();
        });
        Future<String> two = turns.run(() -> {
            begun.incrementAndGet();
            throw new IllegalStateException("broken");
        });
        assertEquals(1, begun.get());
        assertThrows(ApiFailure.class, () -> turns.run(() -> Future.succeededFuture("three")));
        first.complete("one");
        assertEquals("one", one.result());
        assertTrue(two.failed());
        assertEquals("four", turns.run(() -> Future.succeededFuture("four")).result());
    }

    @Test
    void theRepliesToOneRequestShareTheirBytes() {
        AtomicInteger left = new AtomicInteger(10);
        BoundedBody first = new BoundedBody(left);
        BoundedBody second = new BoundedBody(left);
        first.write(Buffer.buffer("123456"));
        second.write(Buffer.buffer("12"));
        second.write(Buffer.buffer("345"));
        assertTrue(second.isTooLarge());
        first.write(Buffer.buffer("7890"));
        assertFalse(first.isTooLarge());
        assertEquals("1234567890", first.body().toString());
    }
}
