package dev.clew.exchange;

import java.util.function.Consumer;

/**
 * That an exchange ends once, whoever says so first: the response that was written, the client that went away, or
 * whoever gave up on a client that does not read.
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

    /** Sets what is to be given up when the exchange ends before it is done; the latest replaces the one before. */
    public void onAbort(Runnable cleanUp) {
        whenAborted = cleanUp;
    }

    /** Gives up what is under way; may be called again, and when nothing is. */
    public void abort() {
        whenAborted.run();
    }

    /**
     * Ends the exchange; of a request whose connection left HTTP, only whoever held that one can tell. Later calls do
     * nothing.
     */
    public void end() {
        if (!over) {
            over = true;
            try {
                whenEnded.accept(exchange);
            } finally {
                // Only now: what is done at the end hangs on the snapshot.
                exchange.snapshot().ended();
            }
        }
    }

    public boolean isOver() {
        return over;
    }
}
