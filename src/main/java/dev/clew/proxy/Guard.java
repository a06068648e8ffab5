package dev.clew.proxy;

import dev.clew.exchange.Fault;
import io.vertx.core.Handler;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The wrapper of every handler passed to Vert.x. Vert.x only logs what a handler throws; without it the request, and
 * all it holds, would hang forever.
 */
final class Guard {

    private static final Logger LOG = Logger.getLogger(Guard.class);

    private Guard() {}

    /** @param broke receives the handler's exception, and must end what the request waits for */
    static <T> Handler<T> around(Handler<T> handler, Consumer<RuntimeException> broke) {
        return event -> {
            try {
                handler.handle(event);
            } catch (RuntimeException fault) {
                report(fault);
                broke.accept(fault);
            }
        };
    }

    /** Logs the exception of a step, without its message. */
    static void report(RuntimeException fault) {
        LOG.error("a step of a request failed inside the gateway", Fault.withoutMessage(fault));
    }
}
