package dev.clew.proxy;

import dev.clew.exchange.Fault;
import io.vertx.core.Handler;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The wrapper of each handler that is given to Vert.x, which would log what it throws and call nobody any more: the
 * request would wait for ever, and with it its places.
 */
final class Guard {

    private static final Logger LOG = Logger.getLogger(Guard.class);

    private Guard() {}

    /** @param broke told of what the handler threw; whoever waits for something has then to be told */
    static <T> Handler<T> around(Handler<T> handler, Consumer<RuntimeException> broke) {
        return event -> {
            try {
                handler.handle(event);
            } catch (RuntimeException fault) {
                LOG.error("a step of a request failed inside the gateway", Fault.withoutMessage(fault));
                broke.accept(fault);
            }
        };
    }
}
