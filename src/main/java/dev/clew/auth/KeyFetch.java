package dev.clew.auth;

import dev.clew.access.KeySet;
import dev.clew.access.KeySource.Fetched;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one server's key set, independent of requests and of any trace. Uses the plain client, because the web client
 * would buffer a body of any size.
 */
final class KeyFetch {

    /** Timeout of a fetch, from the connection attempt to the last byte. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The bound on a key set; those of large issuers have some ten kilobytes. */
    static final int MAX_BYTES = 64 << 10;

    private static final String USER_AGENT = "clew-key-set";
    private static final String ACCEPT = "application/jwk-set+json, application/json";
    private static final int OK = 200;

    private final ContextInternal control;
    private final HttpClient client;
    private final RequestOptions options;

    KeyFetch(ContextInternal control, HttpClient client, Fetched source) {
        this.control = control;
        this.client = client;
        // Redirects are not followed: keys come from the server that the tenant names.
        this.options = new RequestOptions()
                .setAbsoluteURI(source.uri().toASCIIString())
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.USER_AGENT, USER_AGENT)
                .putHeader(HttpHeaders.ACCEPT, ACCEPT);
    }

    /** Fetches the key set within the timeout. A failure's message contains no part of the response. */
    Future<KeySet> fetch() {
        Promise<KeySet> result = control.promise();
        control.runOnContext(now -> new Fetch(result).begin());
        return result.future();
    }

    /** One fetch, on the control loop. */
    private final class Fetch {

        private final Promise<KeySet> result;
        private final Buffer body = Buffer.buffer();
        private final long timer;
        private @Nullable HttpClientRequest request;

        private Fetch(Promise<KeySet> result) {
            this.result = result;
            this.timer = control.owner().setTimer(TIMEOUT.toMillis(), late -> fail("timeout"));
        }

        private void begin() {
            client.request(options).onComplete(connected -> {
                if (connected.failed()) {
                    fail("no connection: " + connected.cause().getClass().getSimpleName());
                } else if (result.future().isComplete()) {
                    connected.result().reset();
                } else {
                    send(connected.result());
                }
            });
        }

        private void send(HttpClientRequest connected) {
            request = connected;
            connected.exceptionHandler(gone -> fail("connection closed"));
            connected.response().onSuccess(this::read).onFailure(gone -> fail("connection closed"));
            connected.end();
        }

        private void read(HttpClientResponse response) {
            if (response.statusCode() != OK) {
                fail("status " + response.statusCode());
                return;
            }
            response.exceptionHandler(gone -> fail("connection closed"));
            response.handler(part -> {
                if (body.length() + part.length() > MAX_BYTES) {
                    fail("response larger than " + MAX_BYTES + " bytes");
                } else {
                    body.appendBuffer(part);
                }
            });
            response.endHandler(end -> parse());
        }

        /** Off the event loop, which requests share: a key set can be crafted to parse slowly. */
        private void parse() {
            control.executeBlocking(() -> KeySet.parse(body.toString(StandardCharsets.UTF_8)), false)
                    .onSuccess(keys -> {
                        control.owner().cancelTimer(timer);
                        result.tryComplete(keys);
                    })
                    .onFailure(noKeySet -> fail("response is not a key set with signature keys"));
        }

        private void fail(String reason) {
            control.owner().cancelTimer(timer);
            if (result.tryFail(reason) && request != null) {
                request.reset();
            }
        }
    }
}
