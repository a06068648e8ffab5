package dev.clew.auth;

import dev.clew.access.JsonWebTokens;
import dev.clew.access.KeySet;
import dev.clew.access.KeySource;
import dev.clew.access.KeySource.Fetched;
import dev.clew.budget.Ledger;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.SnapshotResources;
import dev.clew.tenant.SnapshotResources.Needs;
import dev.clew.tenant.TenantEntry;
import dev.clew.upstream.wire.ResponseLimits;
import dev.clew.upstream.wire.StrictResponses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The key sets fetched from servers, each once for all its users, on a common timer. */
final class KeySets {

    /** The maximum delay of a fetch that is due. */
    private static final long TICK_MILLIS = 1000;

    private static final String PLATFORM = "";

    private final VertxInternal vertx;
    private final ContextInternal control;
    private final StrictResponses responses = new StrictResponses(
            ResponseLimits.of(ConfigProvider.getConfig()), Ledger.ofProcess().connections());
    private final Counter succeeded;
    private final Counter failed;
    private final InternalSpans spans;
    private final SnapshotResources<Fetched, FetchedKeys> fetched =
            SnapshotResources.byEquality(this::needs, gone -> {});
    /** By the certificate authorities they trust. */
    private final SnapshotResources<String, HttpClient> clients = SnapshotResources.byEquality(
            (tenant, needs) -> forEachFetched(
                    tenant, (scheme, source) -> needs.add(authorities(source), () -> client(authorities(source)))),
            HttpClient::close);

    private final long timer;

    KeySets(Vertx vertx, MeterRegistry meters, InternalSpans spans) {
        this.vertx = (VertxInternal) vertx;
        this.control = this.vertx.createEventLoopContext();
        this.spans = spans;
        this.succeeded = fetches(meters, "success");
        this.failed = fetches(meters, "failure");
        for (FetchedKeys.State state : FetchedKeys.State.values()) {
            Gauge.builder("clew.key.sets", () -> count(state))
                    .description("Key sets fetched from servers, by state after the latest fetch")
                    .tag("state", state.label())
                    .register(meters);
        }
        this.timer = vertx.setPeriodic(TICK_MILLIS, tick -> fetched.all().forEach(FetchedKeys::fetchIfDue));
    }

    private static Counter fetches(MeterRegistry meters, String outcome) {
        return Counter.builder("clew.key.set.fetches")
                .description("Fetches of key sets")
                .tag("outcome", outcome)
                .register(meters);
    }

    private long count(FetchedKeys.State state) {
        return fetched.all().stream().filter(keys -> keys.state() == state).count();
    }

    static List<JsonWebTokens> schemes(TenantEntry tenant) {
        return tenant.tenant().access().schemes().stream()
                .filter(JsonWebTokens.class::isInstance)
                .map(JsonWebTokens.class::cast)
                .toList();
    }

    /** Prepares for a snapshot; fetches begin in the background. */
    void prepare(Snapshot snapshot) {
        clients.prepare(snapshot);
        fetched.prepare(snapshot);
    }

    /** Releases everything that none of these snapshots needs. */
    void retain(Collection<Snapshot> live) {
        fetched.retain(live);
        clients.retain(live);
    }

    private void needs(TenantEntry tenant, Needs<Fetched, FetchedKeys> needs) {
        String owner = "tenant " + tenant.tenant().id() + ", scheme ";
        forEachFetched(tenant, (scheme, source) -> needs.add(source, () -> begin(source, owner + scheme.name())));
    }

    private static void forEachFetched(TenantEntry tenant, BiConsumer<JsonWebTokens, Fetched> action) {
        for (JsonWebTokens scheme : schemes(tenant)) {
            if (scheme.keys() instanceof Fetched source) {
                action.accept(scheme, source);
            }
        }
    }

    /** @param label the scheme, for the log */
    private FetchedKeys begin(Fetched source, String label) {
        KeyFetch fetch = new KeyFetch(control, clients.get(authorities(source)), source);
        FetchedKeys keys = new FetchedKeys(label, source, () -> fetch(fetch, source), System::nanoTime);
        keys.fetchIfDue();
        return keys;
    }

    private Future<KeySet> fetch(KeyFetch fetch, Fetched source) {
        Span span = spans.background("fetch key set", SpanKind.CLIENT)
                .setAttribute("server.address", source.uri().getHost())
                .setAttribute("server.port", port(source.uri()));
        return fetch.fetch()
                .onSuccess(done -> {
                    succeeded.increment();
                    InternalSpans.end(span, null);
                })
                .onFailure(reason -> {
                    failed.increment();
                    InternalSpans.end(span, "fetch-failed");
                });
    }

    private static long port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }

    private static String authorities(Fetched source) {
        return source.authorities() == null ? PLATFORM : source.authorities();
    }

    private HttpClient client(String authorities) {
        // Fetches are minutes apart, too long to keep a connection; the timeout ends a connection attempt with its
        // fetch.
        HttpClientOptions options =
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout((int) KeyFetch.TIMEOUT.toMillis());
        if (!authorities.equals(PLATFORM)) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities)));
        }
        return vertx.httpClientBuilder()
                .with(options)
                .withConnectHandler(responses)
                .build();
    }

    IssuerKeys of(KeySource source) {
        return source instanceof KeySource.Held held
                ? new IssuerKeys.Fixed(held.keys())
                : fetched.get((Fetched) source);
    }

    /** Returns null for keys that are not fetched from a server. */
    @Nullable FetchedKeys find(KeySource source) {
        return source instanceof Fetched server ? fetched.find(server) : null;
    }

    void close() {
        vertx.cancelTimer(timer);
        clients.all().forEach(HttpClient::close);
    }
}
