package dev.clew.contract.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upstream without an HTTP library: keeps every byte it receives and answers each head with whatever bytes
 * {@code ?answer=} says (percent-encoded), or with a plain 200. With {@code close} in the query it then closes the connection.
 */
public final class WireUpstream {

    private static final String HEAD_END = "\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Pattern ANSWER = Pattern.compile("[?&]answer=([^& ]*)");

    /** What arrived on one connection; written by its thread, read by tests. */
    private static final class Transcript {

        private final StringBuilder text = new StringBuilder();

        synchronized void add(char next) {
            text.append(next);
        }

        synchronized void broken() {
            text.append("<reset>");
        }

        synchronized String text() {
            return text.toString();
        }
    }

    private final ServerSocket server;
    private final List<Transcript> received = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private WireUpstream(ServerSocket server) {
        this.server = server;
    }

    public static WireUpstream start() throws IOException {
        WireUpstream upstream = new WireUpstream(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(upstream::accept);
        return upstream;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What arrived, an entry for each connection. */
    List<String> received() {
        return received.stream().map(Transcript::text).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Transcript log = new Transcript();
                received.add(log);
                daemon(() -> serve(connection, log));
            } catch (IOException e) {
                return; // closed at the end of the run
            }
        }
    }

    private static void serve(Socket connection, Transcript log) {
        try (connection) {
            InputStream in = connection.getInputStream();
            int answered = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                log.add((char) next);
                int end = next == '\n' ? log.text().indexOf(HEAD_END, answered) : -1;
                if (end >= 0) {
                    String head = log.text().substring(answered, end);
                    answered = end + HEAD_END.length();
                    connection.getOutputStream().write(answer(head).getBytes(ISO_8859_1));
                    if (head.lines().findFirst().orElse("").contains("close")) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            log.broken();
        }
    }

    private static String answer(String head) {
        Matcher scripted = ANSWER.matcher(head.lines().findFirst().orElse(""));
        return scripted.find() ? URLDecoder.decode(scripted.group(1), ISO_8859_1) : OK;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
