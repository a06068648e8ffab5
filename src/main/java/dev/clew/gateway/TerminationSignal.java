package dev.clew.gateway;

import java.lang.reflect.Proxy;
import org.jboss.logging.Logger;

/**
 * The signal by which Kubernetes asks a process to stop, SIGTERM. By default, a JVM that receives it ends with status
 * 143 however well it stops, and so does Quarkus's native executable; a pod's status then says {@code Error}.
 */
final class TerminationSignal {

    /** The status of a process that a signal has ended: 128 and the signal's number. */
    static final int STATUS = 128 + 15;

    private static final Logger LOG = Logger.getLogger("dev.clew");

    private TerminationSignal() {}

    /**
     * Runs an action in place of the platform's. By reflection: {@code sun.misc.Signal} is supported (JEP 260), but the
     * compiler's warning of it cannot be suppressed. The native executable has these classes by
     * {@code reachability-metadata.json}.
     */
    static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    TerminationSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        action.run();
                        return null;
                    });
            Object term = signal.getConstructor(String.class).newInstance("TERM");
            signal.getMethod("handle", signal, handler).invoke(null, term, proxy);
        } catch (ReflectiveOperationException e) {
            // As with -Xrs, which leaves signals to the system.
            LOG.warnf("SIGTERM is not handled by the gateway: %s", e);
        }
    }
}
