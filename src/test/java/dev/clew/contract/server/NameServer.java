package dev.clew.contract.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A DNS server (RFC 1035) for a few names, whose records a test changes. */
public final class NameServer {

    private static final int HEADER = 12;
    private static final int ADDRESS_RECORD = 1;
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;
    private static final int RESPONSE_FLAGS = 0x8180;
    private static final int NAME_OF_THE_QUESTION = 0xc00c;

    private final DatagramSocket socket;
    private final Map<String, List<String>> records = new ConcurrentHashMap<>();
    private volatile boolean failing;

    private NameServer(DatagramSocket socket) {
        this.socket = socket;
    }

    public static NameServer start() throws IOException {
        NameServer server = new NameServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(server::serve, "name-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    public void set(String name, String... addresses) {
        records.put(name, List.of(addresses));
    }

    public void fail(boolean from) {
        failing = from;
    }

    private void serve() {
        byte[] bytes = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(bytes, bytes.length);
                socket.receive(question);
                respond(question);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void respond(DatagramPacket question) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(question.getData(), 0, question.getLength());
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (in.get(at) != 0) {
            byte[] label = new byte[in.get(at)];
            in.get(at + 1, label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
            at += 1 + label.length;
        }
        int type = in.getShort(at + 1);
        int end = at + 5;
        List<String> known = records.get(name.toString());
        List<String> addresses = failing || known == null || type != ADDRESS_RECORD ? List.of() : known;
        int code = failing ? SERVER_FAILURE : known == null ? NO_SUCH_NAME : 0;
        ByteBuffer out = ByteBuffer.allocate(512);
        out.putShort(in.getShort(0)).putShort((short) (RESPONSE_FLAGS | code));
        out.putShort((short) 1).putShort((short) addresses.size()).putInt(0);
        out.put(in.slice(HEADER, end - HEADER));
        for (String address : addresses) {
            out.putShort((short) NAME_OF_THE_QUESTION)
                    .putShort((short) ADDRESS_RECORD)
                    .putShort((short) 1);
            // A TTL of 0 makes each look-up send a query.
            out.putInt(0).putShort((short) 4).put(InetAddress.getByName(address).getAddress());
        }
        socket.send(new DatagramPacket(out.array(), out.position(), question.getSocketAddress()));
    }

    public void close() {
        socket.close();
    }
}
