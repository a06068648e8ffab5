package dev.clew.contract.client;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.clew.contract.client.Http2Client.Outcome;
import java.util.ArrayList;
import java.util.List;

/** A client that sends one request, in either version of HTTP, and disconnects on command. */
public sealed interface Caller extends AutoCloseable {

    /**
     * Sends a request.
     *
     * @param lines further header fields, each a name, a space and a value
     */
    void ask(String method, String host, String target, List<String> lines, String body);

    /** Returns the status of the complete response. */
    int awaitStatus();

    /** Waits for the response head and part of the body. */
    void awaitBody();

    /** Returns the client's port. */
    int port();

    @Override
    void close();

    /**
     * A client of HTTP/1.1.
     *
     * @param aborts true if the client disconnects with a reset; false if it ends its side, from which the gateway
     *     cannot tell at once that it no longer reads
     */
    record Http1(RawClient client, boolean aborts) implements Caller {

        @Override
        public void ask(String method, String host, String target, List<String> lines, String body) {
            Call call = body.isEmpty() ? Call.of(method, target) : Call.post(target, body);
            for (String line : lines) {
                call = call.line(line.replaceFirst(" ", ": "));
            }
            client.send(call.host(host));
        }

        @Override
        public int awaitStatus() {
            return client.read().status();
        }

        @Override
        public void awaitBody() {
            client.readHead();
            client.chunk();
        }

        @Override
        public int port() {
            return client.localPort();
        }

        @Override
        public void close() {
            if (aborts) {
                client.abort();
            } else {
                client.close();
            }
        }
    }

    /** A client of HTTP/2 with prior knowledge. */
    record Http2(Http2Client client) implements Caller {

        @Override
        public void ask(String method, String host, String target, List<String> lines, String body) {
            List<String> all = new ArrayList<>(
                    List.of(":method " + method, ":scheme http", ":authority " + host, ":path " + target));
            if (!body.isEmpty()) {
                all.add("content-length " + body.length());
            }
            all.addAll(lines);
            int stream = client.open(body.isEmpty() ? Http2Client.END_STREAM : 0, all.toArray(String[]::new));
            if (!body.isEmpty()) {
                client.data(stream, Http2Client.END_STREAM, body);
            }
        }

        @Override
        public int awaitStatus() {
            return assertInstanceOf(Outcome.Responded.class, client.await(client.latest()))
                    .response()
                    .status();
        }

        @Override
        public void awaitBody() {
            client.awaitData();
        }

        @Override
        public int port() {
            return client.localPort();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
