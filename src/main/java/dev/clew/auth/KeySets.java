package dev.clew.auth;

import dev.clew.access.KeySource;
import dev.clew.access.KeySource.Fetched;
import dev.clew.budget.Ledger;
import dev.clew.upstream.wire.ResponseLimits;
import dev.clew.upstream.wire.StrictResponses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.PemTrustOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The key sets that are fetched, each once whoever needs it, and looked at together. */
final class KeySets {

    /** How late a fetch may begin. */
    private static final long TICK_MILLIS = 1000;

    private static final String PLATFORM = "";

    private final VertxInternal vertx;
    private final ContextInternal control;
    private final StrictResponses responses = new StrictResponses(
            ResponseLimits.of(ConfigProvider.getConfig()), Ledger.ofProcess().connections());
    private final Counter succeeded;
    private final Counter failed;
    private final Map<Fetched, FetchedKeys> fetched = new ConcurrentHashMap<>();
    /** By the authorities they believe. */
    private final Map<String, HttpClient> clients = new HashMap<>();

    private final long timer;

    KeySets(Vertx vertx, MeterRegistry meters) {
        this.vertx = (VertxInternal) vertx;
        this.control = this.vertx.createEventLoopContext();
        this.succeeded = fetches(meters, "success");
        this.failed = fetches(meters, "failure");
        for (FetchedKeys.State state : FetchedKeys.State.values()) {
            Gauge.builder("clew.key.sets", () -> count(state))
                    .description("Key sets that are fetched from servers, by what the latest fetch came to")
                    .tag("state", state.word())
                    .register(meters);
        }
        this.timer = vertx.setPeriodic(TICK_MILLIS, tick -> fetched.values().forEach(FetchedKeys::look));
    }

    private static Counter fetches(MeterRegistry meters, String outcome) {
        return Counter.builder("clew.key.set.fetches")
                .description("Times that a server was asked for its key set")
                .tag("outcome", outcome)
                .register(meters);
    }

    private long count(FetchedKeys.State state) {
        return fetched.values().stream().filter(keys -> keys.state() == state).count();
    }

    /** @param label whose they are, for the log */
    synchronized IssuerKeys of(KeySource source, String label) {
        if (source instanceof KeySource.Held held) {
            return new IssuerKeys.Fixed(held.keys());
        }
        Fetched server = (Fetched) source;
        return fetched.computeIfAbsent(server, added -> {
            KeyFetch fetch = new KeyFetch(control, client(added.authorities()), added);
            FetchedKeys keys = new FetchedKeys(
                    label,
                    added,
                    () -> fetch.ask().onSuccess(told -> succeeded.increment()).onFailure(nothing -> failed.increment()),
                    System::nanoTime);
            keys.look();
            return keys;
        });
    }

    /** Null for keys that no server tells. */
    @Nullable FetchedKeys find(KeySource source) {
        return source instanceof Fetched server ? fetched.get(server) : null;
    }

    private HttpClient client(@Nullable String authorities) {
        return clients.computeIfAbsent(authorities == null ? PLATFORM : authorities, added -> {
            // A connection is not worth keeping for minutes, nor waiting for when nobody does any more.
            HttpClientOptions options =
                    new HttpClientOptions().setKeepAlive(false).setConnectTimeout((int) KeyFetch.PATIENCE.toMillis());
            if (!added.equals(PLATFORM)) {
                options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(added)));
            }
            return vertx.httpClientBuilder()
                    .with(options)
                    .withConnectHandler(responses)
                    .build();
        });
    }

    /** Lets go of all others. */
    synchronized void retain(Set<Fetched> used) {
        fetched.keySet().retainAll(used);
        Set<String> authorities = used.stream()
                .map(source -> source.authorities() == null ? PLATFORM : source.authorities())
                .collect(Collectors.toSet());
        clients.entrySet().removeIf(client -> {
            boolean unused = !authorities.contains(client.getKey());
            if (unused) {
                client.getValue().close();
            }
            return unused;
        });
    }

    synchronized void close() {
        vertx.cancelTimer(timer);
        clients.values().forEach(HttpClient::close);
    }
}
