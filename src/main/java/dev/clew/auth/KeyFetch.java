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
 * Asks one server for its key set, beside the requests and as part of no trace. It is the plain client that asks, not the one for
 * whole bodies, because that one would hold a body of any size.
 */
final class KeyFetch {

    /** For all of it, from the connection to the last byte. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of a key set; those of large issuers have some ten kilobytes. */
    static final int MOST_BYTES = 64 << 10;

    private static final String USER_AGENT = "clew-key-set";
    private static final String ACCEPT = "application/jwk-set+json, application/json";
    private static final int OK = 200;

    private final ContextInternal control;
    private final HttpClient client;
    private final RequestOptions options;

    KeyFetch(ContextInternal control, HttpClient client, Fetched source) {
        this.control = control;
        this.client = client;
        // Redirects are not followed: keys come from where the tenant says.
        this.options = new RequestOptions()
                .setAbsoluteURI(source.uri().toASCIIString())
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.USER_AGENT, USER_AGENT)
                .putHeader(HttpHeaders.ACCEPT, ACCEPT);
    }

    /** Ends in time; a failure's message says what happened and holds nothing of the answer. */
    Future<KeySet> ask() {
        Promise<KeySet> answer = control.promise();
        control.runOnContext(now -> new Question(answer).begin());
        return answer.future();
    }

    /** One question, on the control loop. */
    private final class Question {

        private final Promise<KeySet> answer;
        private final Buffer body = Buffer.buffer();
        private final long timer;
        private @Nullable HttpClientRequest request;

        private Question(Promise<KeySet> answer) {
            this.answer = answer;
            this.timer = control.owner().setTimer(PATIENCE.toMillis(), late -> fail("no answer in time"));
        }

        private void begin() {
            client.request(options).onComplete(connected -> {
                if (connected.failed()) {
                    fail("no connection: " + connected.cause().getClass().getSimpleName());
                } else if (answer.future().isComplete()) {
                    connected.result().reset();
                } else {
                    send(connected.result());
                }
            });
        }

        private void send(HttpClientRequest connected) {
            request = connected;
            connected.exceptionHandler(gone -> fail("the connection ended"));
            connected.response().onSuccess(this::read).onFailure(gone -> fail("the connection ended"));
            connected.end();
        }

        private void read(HttpClientResponse response) {
            if (response.statusCode() != OK) {
                fail("answered with status " + response.statusCode());
                return;
            }
            response.exceptionHandler(gone -> fail("the connection ended"));
            response.handler(part -> {
                if (body.length() + part.length() > MOST_BYTES) {
                    fail("an answer of more than " + MOST_BYTES + " bytes");
                } else {
                    body.appendBuffer(part);
                }
            });
            response.endHandler(end -> parse());
        }

        /** Beside the event loop, which is requests', too: a key set can be made to take long. */
        private void parse() {
            control.executeBlocking(() -> KeySet.parse(body.toString(StandardCharsets.UTF_8)), false)
                    .onSuccess(keys -> {
                        control.owner().cancelTimer(timer);
                        answer.tryComplete(keys);
                    })
                    .onFailure(noKeySet -> fail("the answer is no key set with keys for signatures"));
        }

        private void fail(String reason) {
            control.owner().cancelTimer(timer);
            if (answer.tryFail(reason) && request != null) {
                request.reset();
            }
        }
    }
}
