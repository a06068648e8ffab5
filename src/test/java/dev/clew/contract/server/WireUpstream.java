package dev.clew.contract.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.clew.testing.SocketServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upstream without an HTTP library: responds to each head with the bytes in {@code ?answer=} (percent-encoded), or
 * with a plain 200. With {@code close} in the query it then closes the connection.
 */
public final class WireUpstream {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Pattern RESPONSE = Pattern.compile("[?&]answer=([^& ]*)");

    private final SocketServer server = SocketServer.start(WireUpstream::serve);

    public int port() {
        return server.port();
    }

    private static void serve(Socket connection) throws IOException {
        for (String head = Turn.readHead(connection); head != null; head = Turn.readHead(connection)) {
            String requestLine = head.lines().findFirst().orElse("");
            Matcher scripted = RESPONSE.matcher(requestLine);
            String response = scripted.find() ? URLDecoder.decode(scripted.group(1), ISO_8859_1) : OK;
            connection.getOutputStream().write(response.getBytes(ISO_8859_1));
            if (requestLine.contains("close")) {
                return;
            }
        }
    }

    public void close() {
        server.close();
    }
}
