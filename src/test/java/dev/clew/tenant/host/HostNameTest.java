package dev.clew.tenant.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    /** Pieces of hosts; the empty one stands for a random character. */
    private static final List<String> PIECES = List.of(
            "a", "B", "acme", "test", "1", "127", "0", "-", "_", ".", ".", ".", ":", ":80", "::", "[", "]", "[::1]",
            "@", "/", "\\", "%", "%2e", ",", ";", " ", "\t", "#", "?", "*", "xn--", "\u0000", "\uff0e", "");

    @ParameterizedTest
    @CsvSource({
        "Acme.Example.COM, acme.example.com",
        "acme.localhost:8080, acme.localhost",
        "acme.localhost., acme.localhost",
        "ACME.localhost.:80, acme.localhost",
        "acme:, acme",
        "acme:0, acme",
        "acme:00080, acme",
        "acme:65535, acme",
        "192.0.2.1:80, 192.0.2.1",
        "a_b.x--y, a_b.x--y",
        "[::1], [::1]",
        "[::1]:8443, [::1]",
        "[0:0:0:0:0:0:0:1], [::1]",
        "[0000::0001]:, [::1]",
        "[::], [::]",
        "[2001:DB8::1:0:0:1], [2001:db8::1:0:0:1]",
        "[2001:db8:0:0:1:0:0:1], [2001:db8::1:0:0:1]",
        "[1:0:0:2:0:0:0:3], [1:0:0:2::3]",
        "[1:0:2:3:4:5:6:7], [1:0:2:3:4:5:6:7]",
        "[1:2:3:4:5:6:7::], [1:2:3:4:5:6:7:0]",
        "[::ffff:192.0.2.1], [::ffff:c000:201]",
        "[1:2:3:4:5:6:255.255.0.10], [1:2:3:4:5:6:ffff:a]",
    })
    void normalises(String received, String normal) {
        assertEquals(normal, HostName.normalise(received));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ":80",
                ".:80",
                ".a",
                "a..b",
                "a..",
                "a b",
                " a",
                "a ",
                "a\tb",
                "a:b",
                "a:80:80",
                "a:-1",
                "a:+1",
                "a:65536",
                "a:99999999999",
                "user@a",
                "a@b:80",
                "a/b",
                "a?b",
                "a#b",
                "a\\b",
                "a%41",
                "a,b",
                "a;b",
                "\u00e4.example",
                "\uff21.example",
                "a:\uff11",
                "a\u0000",
                "*.a",
                "[",
                "[]",
                "[:]",
                "::1",
                "[::1",
                "::1]",
                "[::1]x",
                "[::1]80",
                "[::1]:x",
                "[1]",
                "[1:2:3:4:5:6:7]",
                "[1:2:3:4:5:6:7:8:9]",
                "[:::]",
                "[1::2::3]",
                "[1:2:3:4:5:6:7:8::]",
                "[::1:2:3:4:5:6:7:8]",
                "[12345::]",
                "[g::]",
                "[1:]",
                "[:1::]",
                "[::1:]",
                "[fe80::1%eth0]",
                "[fe80::1%25eth0]",
                "[v1.a]",
                "[::1.2.3]",
                "[::1.2.3.256]",
                "[::1.2.3.04]",
                "[::1.2.3.4.5]",
                "[::1.2.3.4:5]",
                "[1.2.3.4]",
                "[::a.2.3.4]",
                "[1:2:3:4:5:6:7:1.2.3.4]",
                "[::1].",
                "[[::1]]"
            })
    void rejectsWhatIsNoHost(String received) {
        assertNull(HostName.normalise(received));
    }

    @Test
    void boundsLabelsAndNames() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));

        assertSame(longest, HostName.normalise(longest));
        assertEquals(longest, HostName.normalise(longest + "."));
        assertNull(HostName.normalise(longest + "a"));
        assertNull(HostName.normalise(label + "a"));
    }

    @Test
    void agreesWithTheJdkOnWhichAddressesAreEqual() throws UnknownHostException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = randomAddress(random);
            String normal = HostName.normalise("[" + text + "]");
            String about = "seed " + seed + "L: " + text;
            assertEquals(HostName.normalise("[" + spelledOut(text) + "]"), normal, about);
            assertEquals(InetAddress.getByName(text), InetAddress.getByName(String.valueOf(normal)), about);
            assertEquals(normal, HostName.normalise(String.valueOf(normal)), about);
        }
    }

    @Test
    void keepsAnIpv4MappedAddressAnIpv6One() throws UnknownHostException {
        String text = "::0:0:0:0:FFFF:B6A3:E3AD";

        assertEquals("[::ffff:b6a3:e3ad]", HostName.normalise("[" + text + "]"));
        assertEquals("[::ffff:b6a3:e3ad]", HostName.normalise("[" + spelledOut(text) + "]"));
    }

    /** Any input yields a normalised host or null. */
    @Test
    void anythingIsAHostInNormalFormOrNone() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int hosts = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
                String piece = PIECES.get(random.nextInt(PIECES.size()));
                text.append(piece.isEmpty() ? String.valueOf((char) random.nextInt(0x10000)) : piece);
            }
            String received = text.toString();
            String normal = HostName.normalise(received);
            if (normal != null) {
                String about = "seed " + seed + "L: " + received;
                hosts++;
                assertEquals(normal, HostName.normalise(normal), about);
                assertEquals(normal, HostName.normalise(normal.toUpperCase(Locale.ROOT) + ":80"), about);
                assertTrue(normal.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:]+]"), about);
                assertTrue(received.toLowerCase(Locale.ROOT).startsWith(normal.substring(0, 1)), about);
            }
        }
        assertTrue(hosts > 100, "hosts: " + hosts);
    }

    private static String randomAddress(Random random) {
        int gapAt = random.nextInt(8);
        int gapLength = random.nextInt(8 - gapAt + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == gapAt && gapLength > 0) {
                text.append(i == 0 ? "::" : ":");
                i += gapLength - 1;
                continue;
            }
            String group = Integer.toHexString(random.nextInt(3) == 0 ? random.nextInt(0x10000) : 0);
            text.append(random.nextBoolean() ? group : group.toUpperCase(Locale.ROOT))
                    .append(i < 7 ? ":" : "");
        }
        return text.toString();
    }

    private static String spelledOut(String text) throws UnknownHostException {
        // A literal: the JDK parses it without a DNS query.
        byte[] octets = InetAddress.getByName(text).getAddress();
        // The JDK converts an IPv4-mapped address (RFC 4291 section 2.5.5.2) to the IPv4 address.
        StringBuilder groups = new StringBuilder(octets.length == 4 ? "0:0:0:0:0:ffff:" : "");
        for (int i = 0; i < octets.length; i += 2) {
            groups.append(i == 0 ? "" : ":").append(String.format("%02x%02x", octets[i], octets[i + 1]));
        }
        return groups.toString();
    }
}
