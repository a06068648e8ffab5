package dev.clew.exchange;

import java.util.function.Consumer;

/**
 * The one-time end of an exchange, whichever comes first: the response was sent, the client disconnected, or the
 * gateway aborted a client that does not read.
 */
public final class Lifetime {

    private final Exchange exchange;
    private final Consumer<Exchange> whenEnded;
    private Runnable whenAborted = () -> {};
    private boolean over;

    Lifetime(Exchange exchange, Consumer<Exchange> whenEnded) {
        this.exchange = exchange;
        this.whenEnded = whenEnded;
    }

    /** Sets the clean-up to run if the exchange is aborted; replaces the previous one. */
    public void onAbort(Runnable cleanUp) {
        whenAborted = cleanUp;
    }

    /** Runs the clean-up. May be called again, and when there is none. */
    public void abort() {
        whenAborted.run();
    }

    /** Ends the exchange. Later calls are ignored. After a protocol upgrade only the tunnel knows the end. */
    public void end() {
        if (!over) {
            over = true;
            try {
                whenEnded.accept(exchange);
            } finally {
                // Released last: the end handlers still use the snapshot.
                exchange.snapshot().ended();
            }
        }
    }

    public boolean isOver() {
        return over;
    }
}
