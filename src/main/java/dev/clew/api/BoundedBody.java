package dev.clew.api;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** Collects a response's body up to a bound, and discards what is beyond it: the web client itself has no bound. */
final class BoundedBody implements WriteStream<Buffer> {

    private final int most;
    private final Buffer body = Buffer.buffer();
    private boolean tooLarge;

    BoundedBody(int most) {
        this.most = most;
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    Buffer body() {
        return body;
    }

    @Override
    public Future<Void> write(Buffer part) {
        if (body.length() + part.length() > most) {
            tooLarge = true;
        } else {
            body.appendBuffer(part);
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
