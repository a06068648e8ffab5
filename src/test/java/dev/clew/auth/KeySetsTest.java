package dev.clew.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.access.AddressRules;
import dev.clew.access.JsonWebTokens;
import dev.clew.access.KeySet;
import dev.clew.access.KeySource.Fetched;
import dev.clew.access.TenantAccess;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.tenant.Snapshot;
import dev.clew.testing.ExampleTenants;
import dev.clew.testing.PemFiles;
import dev.clew.testing.Tokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key sets of real servers over TLS: caching, release, and trust. */
class KeySetsTest {

    private static final int PATIENCE_SECONDS = 30;
    private static final String TEXT = Tokens.keySet(Tokens.ec("a"));

    @TempDir
    static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger emptyFields = new AtomicInteger();
    private final KeySets keySets = new KeySets(vertx, new SimpleMeterRegistry(), InternalSpans.NONE);
    private String url = "";
    private String authority = "";

    @BeforeEach
    void serve() throws IOException {
        PemFiles files = PemFiles.create(folder, "server" + System.nanoTime());
        authority = Files.readString(files.certificate());
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(files.certificate().toString())
                        .addKeyPath(files.key().toString()));
        url = "https://localhost:"
                + join(vertx.createHttpServer(options)
                                .requestHandler(request -> {
                                    asked.incrementAndGet();
                                    for (int i = 0; i < emptyFields.get(); i++) {
                                        request.response().headers().add("x-empty", "");
                                    }
                                    request.response().end(TEXT);
                                })
                                .listen(0))
                        .actualPort();
    }

    @AfterEach
    void close() {
        keySets.close();
        join(vertx.close());
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private Fetched source(@Nullable String authorities) {
        // A new object each time, as a reloaded file yields.
        return new Fetched(URI.create(url), authorities, Duration.ofHours(1), Duration.ofHours(2), Duration.ofNanos(1));
    }

    private static Snapshot snapshot(Fetched source) {
        JsonWebTokens scheme =
                new JsonWebTokens("users", "i", Set.of("a"), Set.of("ES256"), 0, source, Map.of(), false);
        TenantAccess access = new TenantAccess(AddressRules.NONE, List.of(scheme));
        return Snapshot.of(List.of(ExampleTenants.tenant("acme", "acme.test", access)));
    }

    private IssuerKeys prepared(Fetched source) {
        keySets.prepare(snapshot(source));
        return keySets.of(source);
    }

    private static void awaitResponse(IssuerKeys keys) {
        Future<Void> response = keys.refresh();
        if (response != null) {
            join(response);
        }
    }

    @Test
    void areRejectedFromAResponseWithTooManyFields() {
        emptyFields.set(101);
        IssuerKeys keys = prepared(source(authority));
        awaitResponse(keys);

        assertNull(keys.current());
    }

    @Test
    void areFetchedOverTlsFromATrustedServer() {
        IssuerKeys keys = prepared(source(authority));
        awaitResponse(keys);

        assertEquals(KeySet.parse(TEXT), keys.current());
    }

    @Test
    void areNotFetchedFromAnUntrustedServer() throws IOException {
        String another = Files.readString(PemFiles.create(folder, "another").certificate());
        for (String authorities : new String[] {null, another}) {
            IssuerKeys keys = prepared(source(authorities));
            awaitResponse(keys);

            assertNull(keys.current());
            String failure = String.valueOf(((FetchedKeys) keys).failure());
            assertTrue(failure.startsWith("no connection: "), failure);
        }
        assertEquals(0, asked.get());
    }

    @Test
    void areKeptAcrossReloadsAndReleasedWhenUnused() {
        IssuerKeys keys = prepared(source(authority));
        awaitResponse(keys);
        int before = asked.get();
        assertSame(keys, prepared(source(authority)));
        keySets.retain(List.of(snapshot(source(authority))));
        assertSame(keys, prepared(source(authority)));
        assertNotNull(keys.current());
        assertEquals(before, asked.get());

        keySets.retain(List.of());
        assertNull(keySets.find(source(authority)));
        IssuerKeys anew = prepared(source(authority));
        awaitResponse(anew);
        assertNotNull(anew.current());
        assertTrue(asked.get() > before);
    }
}
