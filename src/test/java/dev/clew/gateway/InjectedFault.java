package dev.clew.gateway;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Wraps the gateway's two interfaces to Vert.x, the client's request and the HTTP client for upstreams, counts the
 * gateway's calls to them, and makes one throw before or after it takes effect. Production code is unaware of it.
 */
final class InjectedFault {

    static final class Thrown extends IllegalStateException {
        Thrown(String step) {
            super(step);
        }
    }

    private static final Set<Class<?>> DOORS = Set.of(
            HttpClientBuilder.class,
            HttpClient.class,
            HttpClientRequest.class,
            HttpClientResponse.class,
            HttpServerResponse.class);

    private final AtomicInteger steps = new AtomicInteger();
    private volatile int at = -1;
    private volatile boolean afterwards;
    private volatile boolean armed;
    private volatile String hit = "nothing";

    /** @param step the step that throws, from 0; -1 for none */
    void plan(int step, boolean after) {
        armed = false;
        steps.set(0);
        at = step;
        afterwards = after;
        hit = "nothing";
    }

    /** Starts counting the steps. */
    void arm() {
        armed = true;
    }

    int steps() {
        return steps.get();
    }

    /** Returns the step that threw. */
    String hit() {
        return hit;
    }

    private boolean isNext(String step) {
        if (!armed || !isTakenByTheGateway()) {
            return false;
        }
        boolean next = steps.getAndIncrement() == at;
        if (next) {
            hit = step + (afterwards ? " (afterwards)" : "");
        }
        return next;
    }

    /** Returns whether the gateway is the caller; Vert.x calls these methods, too. */
    private static boolean isTakenByTheGateway() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> !name.startsWith(InjectedFault.class.getName())
                                && !name.startsWith("java.")
                                && !name.startsWith("jdk.")
                                && !name.contains("$Proxy")
                                && !name.endsWith("HttpServerRequestWrapper"))
                        .findFirst()
                        .orElse(""))
                .startsWith("dev.clew.");
    }

    private <T> T step(String name, Supplier<T> action) {
        boolean throwing = isNext(name);
        if (throwing && !afterwards) {
            throw new Thrown(name);
        }
        T result = action.get();
        // A connection that was requested but not handed over could not be released.
        if (throwing && !name.equals("HttpClient.request")) {
            throw new Thrown(name);
        }
        return result;
    }

    VertxInternal vertx(VertxInternal real) {
        return (VertxInternal) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {VertxInternal.class}, (proxy, method, arguments) -> {
                    Object result = invoke(real, method, arguments);
                    return result instanceof HttpClientBuilder builder
                            ? door(HttpClientBuilder.class, builder)
                            : result;
                });
    }

    private <T> T door(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class || type == HttpClientBuilder.class) {
                        return wrapped(proxy, real, invoke(real, method, arguments));
                    }
                    return step(
                            type.getSimpleName() + "." + method.getName(),
                            () -> wrapped(proxy, real, invoke(real, method, arguments)));
                }));
    }

    private Object wrapped(Object proxy, Object real, Object result) {
        if (result == real) {
            return proxy;
        }
        if (result instanceof Future<?> future) {
            return future.map(value -> wrapped(proxy, real, value));
        }
        for (Class<?> door : DOORS) {
            if (door.isInstance(result)) {
                return passage(door, result);
            }
        }
        return result;
    }

    private <T> T passage(Class<T> door, Object real) {
        return door(door, door.cast(real));
    }

    private static Object invoke(Object real, Method method, Object[] arguments) {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(thrown.getCause());
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }

    /** Wraps a client's request, with its response. */
    HttpServerRequest request(HttpServerRequest real) {
        HttpServerResponse response = door(HttpServerResponse.class, real.response());
        return new HttpServerRequestWrapper((HttpServerRequestInternal) real) {
            @Override
            public HttpServerResponse response() {
                return response;
            }

            @Override
            public HttpServerRequest handler(Handler<Buffer> handler) {
                return step("request.handler", () -> super.handler(handler));
            }

            @Override
            public HttpServerRequest endHandler(Handler<Void> handler) {
                return step("request.endHandler", () -> super.endHandler(handler));
            }

            @Override
            public HttpServerRequest exceptionHandler(Handler<Throwable> handler) {
                return step("request.exceptionHandler", () -> super.exceptionHandler(handler));
            }

            @Override
            public HttpServerRequest pause() {
                return step("request.pause", super::pause);
            }

            @Override
            public HttpServerRequest resume() {
                return step("request.resume", super::resume);
            }

            @Override
            public HttpConnection connection() {
                return step("request.connection", super::connection);
            }

            @Override
            public Future<NetSocket> toNetSocket() {
                return step("request.toNetSocket", super::toNetSocket);
            }

            @Override
            public boolean isEnded() {
                return step("request.isEnded", super::isEnded);
            }
        };
    }
}
