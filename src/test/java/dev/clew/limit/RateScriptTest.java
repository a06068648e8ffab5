package dev.clew.limit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.tenant.limit.RequestRate;
import dev.clew.testing.RealRedis;
import dev.clew.testing.RedisStandIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script in a real Redis, if available, and in the stand-in; both must agree. */
class RateScriptTest {

    private static final long SECOND = 1_000_000;

    private static RedisStandIn standIn;

    private final String key = RateScript.PREFIX + "test-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws IOException {
        standIn = new RedisStandIn();
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    static List<Integer> servers() {
        List<Integer> ports = new ArrayList<>(List.of(standIn.port()));
        RealRedis.port().ifPresent(ports::add);
        return ports;
    }

    /** Returns the response to one command. */
    private static String ask(int port, String... command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            StringBuilder wire = new StringBuilder("*" + command.length + "\r\n");
            for (String part : command) {
                wire.append('$').append(part.getBytes(UTF_8).length).append("\r\n");
                wire.append(part).append("\r\n");
            }
            socket.getOutputStream().write(wire.toString().getBytes(UTF_8));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            String response = in.readLine();
            return response.equals("*2") ? in.readLine() + in.readLine() : response;
        }
    }

    private long run(int port, int perSecond, int burst) throws IOException {
        String response =
                ask(port, "EVAL", RateScript.TEXT, "1", key, Integer.toString(perSecond), Integer.toString(burst));
        assertTrue(response.startsWith(":"), response);
        return Long.parseLong(response.substring(1));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void admitsTheBurstAndRejectsTheNext(int port) throws IOException {
        RequestRate rate = new RequestRate(1, 100, true, true);
        long last = 0;
        int passed = 0;
        for (long response = run(port, 1, 100); !RateScript.rejects(response); response = run(port, 1, 100)) {
            passed++;
            last = response;
            assertTrue(RateScript.remaining(response, rate) >= 100 - passed, "left after " + passed + ": " + response);
        }
        assertTrue(passed >= 100, "passed: " + passed);
        assertTrue(last > 99 * SECOND && last <= 100 * SECOND, "until full: " + last);
        long wait = RateScript.waitMicros(run(port, 1, 100));
        assertTrue(wait <= SECOND, "wait: " + wait);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aReducedBurstCountsAsEmptyNotAsOverdrawn(int port) throws IOException {
        for (int i = 0; i < 50; i++) {
            run(port, 1, 1000);
        }
        long wait = RateScript.waitMicros(run(port, 1, 1));
        assertTrue(wait > 0 && wait <= SECOND, "wait: " + wait);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void keyExpiresWhenTheBucketIsFullAgain(int port) throws IOException {
        run(port, 1, 1000);
        run(port, 1, 1000);
        long millis = Long.parseLong(ask(port, "PTTL", key).substring(1));
        assertTrue(millis > 0 && millis <= 2000, "milliseconds: " + millis);
    }

    private String announce(int port, String replica) throws IOException {
        String known = '{' + key + "}:replicas";
        String response = ask(port, "EVAL", RateScript.TEXT, "2", key, known, "1", "1000", replica, "10");
        return response.substring(response.lastIndexOf(':') + 1);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void registeredReplicasGetTheirNumber(int port) throws IOException {
        assertEquals("1", announce(port, "a"));
        assertEquals("2", announce(port, "b"));
        assertEquals("2", announce(port, "a"));
        assertEquals("3", announce(port, "c"));
        assertTrue(run(port, 1, 1000) > 3 * SECOND, "each registration counts a request");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void unknownHashIsReportedAndAKnownOneRuns(int port) throws IOException {
        String unknown = ask(port, "EVALSHA", "0".repeat(40), "1", key, "1", "1");
        assertTrue(RateScript.isUnknown(new IOException(unknown.substring(1))), unknown);
        run(port, 1, 1000);
        String response = ask(port, "EVALSHA", RateScript.SHA, "1", key, "1", "1000");
        assertTrue(response.startsWith(":"), response);
    }

    @Test
    void remainingIsTheBurstWithoutTheUsedPart() {
        RequestRate rate = new RequestRate(3, 10, true, true);
        assertEquals(9, RateScript.remaining(333_334, rate));
        assertEquals(8, RateScript.remaining(333_335, rate));
        assertEquals(0, RateScript.remaining(4 * SECOND, rate));
        assertEquals(Integer.MAX_VALUE, RateScript.remaining(RateScript.NO_RESPONSE, rate));
    }
}
