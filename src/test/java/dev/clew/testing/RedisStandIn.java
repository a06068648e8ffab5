package dev.clew.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A substitute for Redis: a server of its protocol (RESP2) on a loopback port. It runs no Lua; once it has received the
 * gateway's script, it does the same in Java. Its behaviour can be set.
 */
public final class RedisStandIn implements AutoCloseable {

    /** The response to the script. */
    public enum Behaviour {
        RESPOND,
        /** Reads the command and does not respond until the behaviour changes. */
        HANG,
        /** Closes the connection without a response. */
        CLOSE,
        /** Responds with an error, as Redis does without memory. */
        ERROR,
        /** Responds with a result that the script never returns. */
        NONSENSE
    }

    private static final long MICRO = 1000;
    private static final long MILLI = 1000;

    private final Set<String> known = new HashSet<>();
    private final Map<String, Long> fullAtMicros = new HashMap<>();
    private final Map<String, Map<String, Long>> replicas = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final SocketServer server = SocketServer.start(this::serve);
    private Behaviour behaviour = Behaviour.RESPOND;

    public int port() {
        return server.port();
    }

    public String url() {
        return "redis://127.0.0.1:" + port();
    }

    public synchronized void behave(Behaviour next) {
        behaviour = next;
        notifyAll();
    }

    /** Returns the keys of the commands so far, in order. */
    public synchronized List<String> keys() {
        return List.copyOf(keys);
    }

    /** Counts the connections so far. */
    public int connections() {
        return server.connections();
    }

    /** Uses up the key's rate for this time, as another replica would. */
    public synchronized void exhaust(String key, long seconds) {
        fullAtMicros.put(key, nowMicros() + TimeUnit.SECONDS.toMicros(seconds));
    }

    /** Removes the key. */
    public synchronized void forget(String key) {
        fullAtMicros.remove(key);
    }

    /** Simulates a restart: connections end, and scripts are unknown again. */
    public synchronized void restart() {
        known.clear();
        server.disconnect();
    }

    private void serve(Socket connection) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(connection.getInputStream());
        OutputStream out = connection.getOutputStream();
        for (List<String> command = read(in); command != null; command = read(in)) {
            String response = response(command);
            if (response == null) {
                return;
            }
            out.write(response.getBytes(UTF_8));
        }
    }

    /** Returns the response, or null for none and the end of the connection. */
    private @Nullable String response(List<String> command) throws InterruptedException {
        return switch (command.get(0).toUpperCase(Locale.ROOT)) {
            case "HELLO" -> "-ERR unknown command\r\n"; // so do those that speak RESP2 alone
            case "EVALSHA", "EVAL" -> script(command);
            case "PTTL" -> ":" + timeToLive(command.get(1)) + "\r\n";
            default -> "+OK\r\n";
        };
    }

    /** Returns the time to live in milliseconds; -2 for a missing key. */
    private synchronized long timeToLive(String key) {
        Long full = fullAtMicros.get(key);
        return full == null || full <= nowMicros() ? -2 : (full - nowMicros()) / MILLI;
    }

    private synchronized @Nullable String script(List<String> command) throws InterruptedException {
        keys.add(command.get(3));
        while (behaviour == Behaviour.HANG) {
            wait();
        }
        return switch (behaviour) {
            case CLOSE -> null;
            case ERROR -> "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
            case NONSENSE -> "$5\r\nhello\r\n";
            default -> run(command);
        };
    }

    private String run(List<String> command) {
        boolean byText = command.get(0).equalsIgnoreCase("EVAL");
        if (byText) {
            known.add(sha(command.get(1)));
        } else if (!known.contains(command.get(1))) {
            return "-NOSCRIPT No matching script.\r\n";
        }
        boolean announces = command.get(2).equals("2");
        int arguments = announces ? 5 : 4;
        long response = take(
                command.get(3), Long.parseLong(command.get(arguments)), Long.parseLong(command.get(arguments + 1)));
        if (!announces) {
            return ":" + response + "\r\n";
        }
        Map<String, Long> known = replicas.computeIfAbsent(command.get(4), key -> new HashMap<>());
        known.put(command.get(arguments + 2), nowMicros());
        long oldest = nowMicros() - TimeUnit.SECONDS.toMicros(Long.parseLong(command.get(arguments + 3)));
        known.values().removeIf(at -> at <= oldest);
        return "*2\r\n:" + response + "\r\n:" + known.size() + "\r\n";
    }

    private long take(String key, long perSecond, long burst) {
        long now = nowMicros();
        double interval = 1_000_000.0 / perSecond;
        double tolerance = interval * (burst - 1);
        double owed =
                Math.min(Math.max(fullAtMicros.getOrDefault(key, now) - now, 0), tolerance + Math.max(interval, 1));
        if (owed > tolerance + 0.5) {
            return (long) -Math.ceil(owed - tolerance);
        }
        owed += interval;
        fullAtMicros.put(key, now + (long) owed);
        return (long) Math.ceil(owed);
    }

    private static String sha(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long nowMicros() {
        return System.nanoTime() / MICRO;
    }

    /** Reads an array of bulk strings, as every client sends; returns null at the end of the connection. */
    private static @Nullable List<String> read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        int parts = Integer.parseInt(line.substring(1));
        List<String> command = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            int length = Integer.parseInt(line(in).substring(1));
            command.add(new String(in.readNBytes(length), UTF_8));
            line(in);
        }
        return command;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
