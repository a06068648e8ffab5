package dev.clew.api;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Collects a response's body within the bytes left for all replies to one request, and discards what is beyond: the
 * web client itself has no bound.
 */
final class BoundedBody implements WriteStream<Buffer> {

    private final AtomicInteger left;
    private Buffer body = Buffer.buffer();
    private boolean tooLarge;

    /** @param left in bytes, shared by the replies */
    BoundedBody(AtomicInteger left) {
        this.left = left;
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    Buffer body() {
        return body;
    }

    @Override
    public Future<Void> write(Buffer part) {
        if (!tooLarge && left.addAndGet(-part.length()) >= 0) {
            body.appendBuffer(part);
        } else if (!tooLarge) {
            tooLarge = true;
            // What it holds is of no use; the others may have the room.
            left.addAndGet(part.length() + body.length());
            body = Buffer.buffer();
        }
        return Future.succeededFuture();
    }

    @Override
    public void write(Buffer part, Handler<AsyncResult<Void>> handler) {
        write(part).onComplete(handler);
    }

    @Override
    public void end(@Nullable Handler<AsyncResult<Void>> handler) {
        if (handler != null) {
            handler.handle(Future.succeededFuture());
        }
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int size) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
