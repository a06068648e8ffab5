package dev.clew.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of {@link Caller}: each row has a request for {@code own.test} and its client. */
class CallerTest {

    private static final Map<String, ForwardingField> SHORT = Map.of(
            "Forwarded", ForwardingField.FORWARDED,
            "For", ForwardingField.FOR,
            "Host", ForwardingField.HOST,
            "Proto", ForwardingField.PROTO);

    private static Networks networks(String ranges) {
        List<Cidr> parsed = new ArrayList<>();
        for (String range : ranges.split(" ")) {
            parsed.add(Cidr.parse(range));
        }
        return new Networks(parsed);
    }

    private static Map<ForwardingField, List<String>> fields(String lines) {
        Map<ForwardingField, List<String>> fields = new EnumMap<>(ForwardingField.class);
        for (String line : lines.split("~")) {
            int colon = line.indexOf(':');
            fields.computeIfAbsent(SHORT.get(line.substring(0, colon).strip()), field -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return fields;
    }

    /** {@code For}, {@code Host} and {@code Proto} are {@code X-Forwarded-…}; lines end with {@code ~}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            nullValues = "-",
            useHeadersInDisplayName = true,
            textBlock =
                    """
            peer|trusted|own|lines|client|scheme|host
            10.0.0.1  | 10.0.0.0/8 | http  | Forwarded: for=192.0.2.1;proto=https;host=a.b | 192.0.2.1    | https  | a.b
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1~Proto: https~Host: a.b:81|192.0.2.1|https|a.b:81

            # Nobody but a trusted proxy is believed.
            10.0.0.1|10.8.0.0/16|http|Forwarded: for=192.0.2.1;proto=https;host=a.b|10.0.0.1|http|own.test
            192.0.2.9|10.0.0.0/8|https|For: 192.0.2.1~Proto: http~Host: a.b|192.0.2.9|https|own.test
            -|0.0.0.0/0|http|For: 192.0.2.1~Proto: https|-|http|own.test
            ::1|10.0.0.0/8|http|For: 192.0.2.1|::1|http|own.test

            # The client is the last node that is no trusted proxy, and the first where all are.
            10.0.0.1|10.0.0.0/8|http|For: 198.51.100.1, 192.0.2.1|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 198.51.100.1, 192.0.2.1,10.0.0.2|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1, 203.0.113.7, 10.0.0.2|203.0.113.7|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 10.0.0.3, 10.0.0.2|10.0.0.3|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1, ::ffff:10.0.0.2|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=198.51.100.1, for=192.0.2.1|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1,for=10.0.0.2|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=10.0.0.3, for=10.0.0.2|10.0.0.3|http|own.test

            # Lines are one list.
            10.0.0.1|10.0.0.0/8|http|For: 198.51.100.1~For: 192.0.2.1|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1~For: 10.0.0.2|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1~Forwarded: for=10.0.0.2|192.0.2.1|http|own.test

            # Nodes, with and without ports, brackets and quotes.
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1:4711|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 2001:DB8::0:1|2001:db8::1|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: [2001:db8::1]:80|2001:db8::1|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: ::ffff:192.0.2.1|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: For="[2001:db8::1]:80"|2001:db8::1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for="[2001:db8::1]:_p"|2001:db8::1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=[2001:db8::1]|2001:db8::1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for="192\\.0.2.1"|192.0.2.1|http|own.test
            ::1|::1|http|For: 192.0.2.1|192.0.2.1|http|own.test
            fe80::1%2|fe80::/10|http|For: 192.0.2.1|192.0.2.1|http|own.test

            # Who may be anybody is not known, and nobody left of him is believed.
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1, for=unknown|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1, for=_hidden|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1, for=_h, for=10.0.0.2|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1, proto=https|-|https|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1,|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1, unknown, 10.0.0.2|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1,|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: ,|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For:|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: client.test|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1:|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1:80x|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 192.0.2.1:123456|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: [2001:db8::1]x|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: [2001:db8::1|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: fe80::1%eth0|-|http|own.test

            # Quoted strings hide commas, semicolons and quotes; what does not follow the grammar says nothing.
            10.0.0.1|10.0.0.0/8|http|Forwarded: proto=https;for=192.0.2.1;by="x,y"|192.0.2.1|https|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: by="a;for=1.1.1.1,b";for=192.0.2.1|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: by="a\\",for=1.1.1.1";for=192.0.2.1|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: ;for=192.0.2.1; ;proto=https ;|192.0.2.1|https|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=198.51.100.1;by=", for=192.0.2.1|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: by="~Forwarded: for=192.0.2.1|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for="192.0.2.1"x;proto=https|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for = 192.0.2.1;proto=https|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1;proto=|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1;secure;proto=https|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1;For=192.0.2.2|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1;by="\\|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|For: 198.51.100.1, ", 192.0.2.1|-|http|own.test

            # Scheme and host are those of the client's element.
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=1.1.1.1;proto=https, for=10.0.0.2;proto=http|1.1.1.1|https|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1, for=10.0.0.2;proto=https;host=a.b|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=1.1.1.1;proto=https;host=a.b, for=192.0.2.1|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=_hidden;proto=https;host="a.b:81"|-|https|a.b:81

            # What contradicts itself is not believed, whichever field is right; each by itself.
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1~For: 192.0.2.1|192.0.2.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1~For: 198.51.100.1|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=_hidden~For: 198.51.100.1|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for="~For: 192.0.2.1~Proto: https|-|https|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1;proto=http~Proto: https|192.0.2.1|http|own.test
            10.0.0.1  | 10.0.0.0/8 | http  | Forwarded: proto=https;host=a.b~Proto: HTTPS~Host: A.b | -   | https  | A.b
            10.0.0.1|10.0.0.0/8|http|Forwarded: host=a.b~Host: c.d|-|http|own.test
            10.0.0.1|10.0.0.0/8|http|Proto: https~Proto: http|10.0.0.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Proto: http~Proto: https|10.0.0.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Proto: https, http|10.0.0.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Proto: https,|10.0.0.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Proto: https~Proto: HTTPS, https|10.0.0.1|https|own.test
            10.0.0.1|10.0.0.0/8|http|Host: a.b, c.d|10.0.0.1|http|own.test

            # A proxy may come by TLS for a client that did not.
            10.0.0.1|10.0.0.0/8|https|Proto: http|10.0.0.1|http|own.test
            10.0.0.1|10.0.0.0/8|https|Proto: http~Proto: https|10.0.0.1|https|own.test
            10.0.0.1|10.0.0.0/8|https|For: 192.0.2.1|192.0.2.1|https|own.test
            10.0.0.1|10.0.0.0/8|https|Proto: ws|10.0.0.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Proto: WSS|10.0.0.1|https|own.test
            10.0.0.1|10.0.0.0/8|http|Proto: ftp|10.0.0.1|http|own.test
            10.0.0.1|10.0.0.0/8|http|Forwarded: for=192.0.2.1;proto=secret;host=""|192.0.2.1|http|own.test
            """)
    void isTheSameForAllWhoAsk(
            String peer, String trusted, String own, String lines, String client, String scheme, String host) {
        Caller direct = Caller.direct(peer, own.equals("https"), "own.test");
        Networks proxies = networks(trusted);

        Caller caller = Caller.read(direct, proxies, field -> fields(lines).getOrDefault(field, List.of()));

        boolean behind = peer != null && proxies.contains(peer);
        assertEquals(new Caller(peer, behind, client, scheme, host), caller);
    }

    @Test
    void asksForNoFieldOfAStranger() {
        Caller direct = Caller.direct("192.0.2.1", false, "");
        assertEquals(direct, Caller.read(direct, Networks.NONE, field -> fail("read " + field)));
    }

    @Test
    void aProxyThatSaysNothingIsTheClientItself() {
        Caller caller = Caller.read(Caller.direct("10.0.0.1", true, ""), networks("10.0.0.0/8"), field -> List.of());
        assertEquals(new Caller("10.0.0.1", true, "10.0.0.1", "https", ""), caller);
    }

    @Test
    void theNearestIsThePeerWhereTheClientIsNotKnown() {
        assertEquals("192.0.2.1", new Caller("10.0.0.1", true, "192.0.2.1", "http", "").nearest());
        assertEquals("10.0.0.1", new Caller("10.0.0.1", true, null, "http", "").nearest());
        assertNull(new Caller(null, false, null, "http", "").nearest());
    }

    /** The fields that one gateway writes are read by the next one. */
    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "2001:db8:0:0:0:0:0:1, 2001:db8::1", "-, -"})
    void readsWhatItWrites(String peer, String client) {
        String known = peer.equals("-") ? null : peer;
        String element = ForwardedElement.write(known, "a.b:81", "https");

        Caller caller = Caller.read(
                Caller.direct("10.0.0.1", false, "own.test"),
                networks("10.0.0.0/8"),
                field -> field == ForwardingField.FORWARDED ? List.of("for=203.0.113.9, " + element) : List.of());

        assertEquals(new Caller("10.0.0.1", true, client.equals("-") ? null : client, "https", "a.b:81"), caller);
    }
}
