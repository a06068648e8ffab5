package dev.clew.contract.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.clew.testing.Await;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plain connection to the gateway, which sends and receives bytes unchanged. */
public final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    /** @param from the loopback address to connect from, such as 127.0.0.2 */
    public RawClient(String from, int port) {
        this(from, port, 0);
    }

    /** @param receiveBuffer the kernel's receive buffer for this client in bytes; 0 for the default */
    public RawClient(String from, int port, int receiveBuffer) {
        socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param connected closed with this client */
    public RawClient(Socket connected) {
        socket = connected;
        try {
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawClient send(Call call) {
        return send(call.wire());
    }

    public RawClient send(String bytes) {
        return send(bytes.getBytes(ISO_8859_1));
    }

    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the next complete response; an interim response (1xx) counts as one. */
    public RawResponse read() {
        return read(true);
    }

    /** Reads the next final response. */
    public RawResponse readFinal() {
        RawResponse response = read();
        while (response.status() < 200) {
            response = read();
        }
        return response;
    }

    /** Reads the next response, which must not have a body, as after HEAD. */
    public RawResponse readHead() {
        return read(false);
    }

    /** Returns the response whose head was read, with its body of declared length. */
    public RawResponse bodyOf(RawResponse head) {
        try {
            String body = new String(exactly(Integer.parseInt(head.one("content-length"))), ISO_8859_1);
            return new RawResponse(head.statusLine(), head.status(), head.headers(), body, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawResponse read(boolean mayHaveBody) {
        try {
            String statusLine = line();
            int status = Integer.parseInt(statusLine.substring(9, 12));
            List<Map.Entry<String, String>> headers = fields();
            RawResponse head = new RawResponse(statusLine, status, headers, "", List.of());
            if (!mayHaveBody || status < 200 || status == 204 || status == 304) {
                return head;
            }
            if (head.all("transfer-encoding").contains("chunked")) {
                String body = chunks();
                return new RawResponse(statusLine, status, headers, body, fields());
            }
            List<String> length = head.all("content-length");
            byte[] body = length.isEmpty() ? in.readAllBytes() : exactly(Integer.parseInt(length.get(0)));
            return new RawResponse(statusLine, status, headers, new String(body, ISO_8859_1), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the next chunk of a body whose head was read; empty at its end. */
    public String chunk() {
        try {
            int size = chunkSize();
            String chunk = new String(exactly(size), ISO_8859_1);
            line();
            return chunk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    public InputStream in() {
        return in;
    }

    public OutputStream out() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.append(new String(exactly(size), ISO_8859_1));
            line();
        }
        return body.toString();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", -1)[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("body ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private List<Map.Entry<String, String>> fields() throws IOException {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return fields;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection ended after \"" + line.toString(ISO_8859_1) + "\"");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }

    /** Returns all bytes until the gateway closes the connection; fails the test on timeout. */
    public String readToEnd() {
        try {
            return new String(in.readAllBytes(), ISO_8859_1);
        } catch (SocketException e) {
            return ""; // a reset also closes, and nothing more arrives
        } catch (IOException e) {
            throw new AssertionError("the connection is still open", e);
        }
    }

    /** Disconnects with a TCP reset. */
    public void abort() {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** Closes the sending side; responses can still be read. */
    public void endInput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
