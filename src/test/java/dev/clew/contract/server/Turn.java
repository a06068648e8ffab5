package dev.clew.contract.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.clew.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A request at the {@link HandUpstream}, taken by a test. */
public final class Turn {

    private final Socket connection;
    private final String head;
    private final CountDownLatch done = new CountDownLatch(1);

    Turn(Socket connection, String head) {
        this.connection = connection;
        this.head = head;
    }

    /** Reads up to the empty line; returns null at the end of the connection. */
    static @Nullable String readHead(Socket connection) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = connection.getInputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            bytes.write(next);
            if (next == '\n' && bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                return bytes.toString(ISO_8859_1);
            }
        }
        return null;
    }

    /** Returns the request line and the header lines. */
    public String head() {
        return head;
    }

    /** Returns the parent span of this request. */
    public String parentSpanId() {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("traceparent:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip().split("-", -1)[2])
                .findFirst()
                .orElseThrow();
    }

    /** Allows the next request on this connection to be read. */
    public void done() {
        done.countDown();
    }

    void awaitDone() throws InterruptedException {
        done.await();
    }

    public Turn send(String bytes) {
        try {
            connection.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Responds with 200 and a body; the next request on this connection may follow. */
    public Turn respond(String body) {
        send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        done();
        return this;
    }

    /** Begins a response of ten bytes with {@code half}. */
    public Turn sendHalf() {
        return send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    }

    public OutputStream out() throws IOException {
        return connection.getOutputStream();
    }

    public InputStream in() throws IOException {
        return connection.getInputStream();
    }

    /** Reads this many bytes of the request's body, as sent. */
    public String read(int length) {
        try {
            return new String(connection.getInputStream().readNBytes(length), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the gateway has closed the connection, dropping what it sends before. */
    public void awaitClosed() {
        try {
            connection.setSoTimeout((int) Await.PATIENCE.toMillis());
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the gateway keeps the connection open", e);
        } catch (IOException e) {
            return; // a reset closes as well
        } finally {
            done.countDown();
        }
    }

    /** Closes the connection gracefully. */
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            done.countDown();
        }
    }

    /** Ends the connection with a TCP reset. */
    public void reset() {
        try {
            connection.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }
}
