package dev.clew.auth;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.UnreadBody;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;

/** A request that waits for a key fetch; confined to its event loop. */
public final class KeyWait extends Deadlines.Deadline {

    /** Shorter than a fetch's timeout, because a client should retry rather than wait for the whole of it. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Exchange exchange;
    private final Runnable then;
    private final Context context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
    private boolean over;

    public KeyWait(Exchange exchange, Runnable then) {
        this.exchange = exchange;
        this.then = then;
    }

    public void begin(Future<?> fetch) {
        UnreadBody.hold(exchange);
        exchange.lifetime().onAbort(this::leave);
        exchange.loop().deadlines().add(this, System.nanoTime() + TIMEOUT.toNanos());
        fetch.onComplete(ended -> context.runOnContext(now -> {
            if (!over) {
                leave();
                then.run();
            }
        }));
    }

    private void leave() {
        over = true;
        cancel();
    }

    @Override
    protected void expired() {
        over = true;
        exchange.fail(noKeys());
    }

    public static GatewayError noKeys() {
        return GatewayError.of(ErrorKind.KEYS_UNAVAILABLE, "Credentials cannot be checked at the moment.");
    }
}
