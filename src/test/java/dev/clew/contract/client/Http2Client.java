package dev.clew.contract.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.clew.testing.Await;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An HTTP/2 client with prior knowledge that works by frames, so that it can send what libraries reject (RFC 9113). */
public final class Http2Client implements AutoCloseable {

    public static final int END_STREAM = 0x1;

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    private static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    private static final int ACK = 0x1;
    public static final int END_HEADERS = 0x4;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final DefaultHttp2HeadersDecoder fields = new DefaultHttp2HeadersDecoder(false);
    private int nextStream = 1;

    /** The end of a stream: a response, or an error of the stream or the connection. */
    public sealed interface Outcome {

        record Responded(RawResponse response) implements Outcome {}

        record Reset(int errorCode) implements Outcome {}

        record Gone() implements Outcome {}
    }

    public Http2Client(int port) {
        this(port, 0);
    }

    /** @param receiveBuffer the kernel's receive buffer for this client in bytes; 0 for the default */
    public Http2Client(int port, int receiveBuffer) {
        this(connected(port, receiveBuffer));
    }

    private static Socket connected(int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param connected closed with this client */
    public Http2Client(Socket connected) {
        socket = connected;
        try {
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            frame(SETTINGS, 0, 0, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a stream with these fields, pseudo-headers first; each a name, a space and a value. */
    public int open(int flags, String... lines) {
        int stream = nextStream();
        frame(HEADERS, flags | END_HEADERS, stream, block(lines));
        return stream;
    }

    /** Reserves the next stream's number, for frames that the test writes. */
    public int nextStream() {
        nextStream += 2;
        return nextStream - 2;
    }

    public static byte[] block(String... lines) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String line : lines) {
            int space = line.indexOf(' ');
            block.write(0); // literal without indexing, new name (RFC 7541 section 6.2.2)
            literal(block, line.substring(0, space));
            literal(block, line.substring(space + 1));
        }
        return block.toByteArray();
    }

    /** Sends trailers, or other fields in their position. */
    public void trailers(int stream, int flags, String... lines) {
        frame(HEADERS, flags | END_HEADERS, stream, block(lines));
    }

    public int get(String path, String... moreLines) {
        List<String> lines =
                new ArrayList<>(List.of(":method GET", ":scheme http", ":authority " + Call.HOST, ":path " + path));
        lines.addAll(List.of(moreLines));
        return open(END_STREAM, lines.toArray(String[]::new));
    }

    public void data(int stream, int flags, String body) {
        frame(DATA, flags, stream, body.getBytes(ISO_8859_1));
    }

    /** Cancels a stream (CANCEL, RFC 9113 section 7). */
    public void reset(int stream) {
        frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        if (text.length() < 127) {
            block.write(text.length());
        } else {
            // An integer with a prefix of seven bits (RFC 7541 section 5.1).
            block.write(127);
            int rest = text.length() - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest % 128 + 128);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(ISO_8859_1));
    }

    public void frame(int type, int flags, int stream, byte[] payload) {
        try {
            out.writeByte(payload.length >> 16);
            out.writeShort(payload.length);
            out.writeByte(type);
            out.writeByte(flags);
            out.writeInt(stream);
            out.write(payload);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** Returns the stream opened last. */
    int latest() {
        return nextStream - 2;
    }

    /** Returns the next part of a body, on any stream; skips empty ones. */
    public String awaitData() {
        try {
            while (true) {
                byte[] payload = new byte[in.read() << 16 | in.readUnsignedShort()];
                int type = in.readUnsignedByte();
                in.readFully(new byte[5]);
                in.readFully(payload);
                if (type == DATA && payload.length > 0) {
                    window(payload.length);
                    return new String(payload, ISO_8859_1);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("no body", e);
        }
    }

    /** Waits for the close of the connection, skipping frames before it. */
    public Outcome awaitEnd() {
        try {
            Outcome last = await(0);
            while (!(last instanceof Outcome.Gone)) {
                last = await(0);
            }
            return last;
        } catch (UncheckedIOException nobodyReads) {
            return new Outcome.Gone();
        }
    }

    /** Waits for the end of a stream. Only one stream may be active. */
    public Outcome await(int stream) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        List<Map.Entry<String, String>> trailers = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        try {
            for (int first = in.read(); first >= 0; first = in.read()) {
                byte[] payload = new byte[first << 16 | in.readUnsignedShort()];
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int on = in.readInt();
                in.readFully(payload);
                switch (type) {
                    case SETTINGS -> acknowledge(flags);
                    case GOAWAY -> {
                        return new Outcome.Gone();
                    }
                    case RST_STREAM -> {
                        // A stream with a response may still be reset (RFC 9113 section 8.1.1).
                        if (on == stream || stream == 0) {
                            return new Outcome.Reset(
                                    Unpooled.wrappedBuffer(payload).readInt());
                        }
                    }
                    case HEADERS -> decode(on, block(flags, payload), headers, trailers);
                    case DATA -> {
                        body.append(new String(payload, ISO_8859_1));
                        window(payload.length);
                    }
                    default -> {}
                }
                boolean ends = on == stream && (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
                if (ends) {
                    return responseOf(headers, body.toString(), trailers);
                }
            }
            return new Outcome.Gone();
        } catch (SocketException reset) {
            return new Outcome.Gone();
        } catch (IOException | Http2Exception e) {
            throw new AssertionError("the stream has no end", e);
        }
    }

    private static Outcome responseOf(
            List<Map.Entry<String, String>> headers, String body, List<Map.Entry<String, String>> trailers) {
        int status = headers.stream()
                .filter(line -> line.getKey().equals(":status"))
                .mapToInt(line -> Integer.parseInt(line.getValue()))
                .reduce(0, (earlier, later) -> later);
        return new Outcome.Responded(new RawResponse("HTTP/2", status, headers, body, trailers));
    }

    /** The header block without padding and priority (RFC 9113 section 6.2). */
    private static byte[] block(int flags, byte[] payload) {
        int padded = (flags & 0x8) == 0 ? 0 : 1;
        int priority = (flags & 0x20) == 0 ? 0 : 5;
        int padding = padded == 0 ? 0 : payload[0];
        return Arrays.copyOfRange(payload, padded + priority, payload.length - padding);
    }

    /** Decodes a field section; one without a status is the trailers. */
    private void decode(
            int stream, byte[] block, List<Map.Entry<String, String>> headers, List<Map.Entry<String, String>> trailers)
            throws Http2Exception {
        Http2Headers section = fields.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
        List<Map.Entry<String, String>> to = section.status() == null ? trailers : headers;
        section.forEach(field ->
                to.add(Map.entry(field.getKey().toString(), field.getValue().toString())));
    }

    private void acknowledge(int flags) {
        if ((flags & ACK) == 0) {
            frame(SETTINGS, ACK, 0, new byte[0]);
        }
    }

    private void window(int consumed) {
        if (consumed > 0) {
            frame(WINDOW_UPDATE, 0, 0, Unpooled.copyInt(consumed).array());
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
