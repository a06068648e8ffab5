package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.clew.route.RequestPath.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/orders", "/orders/", "/a/b.c/~d/-_", "/a@b/c:d/!$&'()*+,=", "/a./b../c..d"})
    void forwardsPlainPathsUnchanged(String received) {
        RequestPath path = parse(received);

        assertSame(received, path.raw());
        assertSame(received, path.matched());
    }

    @ParameterizedTest
    @CsvSource({
        "/a/../admin, /admin",
        "/a/%2e%2e/admin, /admin",
        "/a/.%2E/admin, /admin",
        "/a/%2e/admin, /a/admin",
        "//admin, /admin",
        "///a////b//, /a/b/",
        "/a;x=/../admin, /admin",
        "/a/.., /",
        "/a/../, /",
        "/a/., /a/",
        "/a/b/.., /a/",
        "/., /",
        "//, /",
        "/a//../b, /b",
        "/./a/./b, /a/b",
        "/.well-known/acme, /.well-known/acme",
        "/..., /...",
        "/.a/..b, /.a/..b",
    })
    void resolvesSlashesAndDotSegments(String received, String normal) {
        assertEquals(new RequestPath(normal, normal), parse(received));
    }

    @ParameterizedTest
    @CsvSource({
        "/%61dm%49n, /admIn, /admIn",
        "/%7euser%2D, /~user-, /~user-",
        "/a%20b, /a%20b, /a%20b",
        "/%c3%a9, /%C3%A9, /%C3%A9",
        "/%e0%a0%80%f0%90%80%80, /%E0%A0%80%F0%90%80%80, /%E0%A0%80%F0%90%80%80",
        "/%c0x%af, /%C0x%AF, /%C0x%AF",
        "/%f6l, /%F6l, /%F6l",
        "/%252e%252e/x, /%252e%252e/x, /%252e%252e/x",
        "/%2561, /%2561, /%2561",
        "/%40admin, /%40admin, /@admin",
        "/a%3ab%2Bc, /a%3Ab%2Bc, /a:b+c",
        "/%3f%23, /%3F%23, /%3F%23",
        "/a[b]|{c}, /a%5Bb%5D%7C%7Bc%7D, /a%5Bb%5D%7C%7Bc%7D",
    })
    void normalisesEscapes(String received, String raw, String matched) {
        assertEquals(new RequestPath(raw, matched), parse(received));
    }

    @ParameterizedTest
    @CsvSource({
        "/admin;x, /admin;x, /admin",
        "/a;x=1;y/b, /a;x=1;y/b, /a/b",
        "/a;/b;, /a;/b;, /a/b",
        "/;jsessionid=1, /;jsessionid=1, /",
        "/a/;x, /a/;x, /a/",
        "/a;x=%2e%2e, /a;x=.., /a",
        "/a;p=%40/%40, /a;p=%40/%40, /a/@",
        "/a%3bb, /a%3Bb, /a",
        "/a%3Bx%40/b, /a%3Bx%40/b, /a/b",
        "/a/%3bx, /a/%3Bx, /a/",
    })
    void keepsParametersForTheUpstreamAndIgnoresThemInMatching(String received, String raw, String matched) {
        assertEquals(new RequestPath(raw, matched), parse(received));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "orders",
                "http://h/",
                "%2Fa",
                "/%",
                "/a%2",
                "/a%zz",
                "/a%+1",
                "/a%u0041",
                "/%\uff11\uff11",
                "/a\\b",
                "/a%5cb",
                "/%c0%af",
                "/a/%C0%AE%c0%ae/b",
                "/%c1%bf",
                "/%e0%80%af",
                "/%e0%9f%bf",
                "/%f0%80%80%af",
                "/a%2fb",
                "/a%2Fb",
                "/a%00",
                "/a\u0000",
                "/a%0d%0a",
                "/a\nb",
                "/a\tb",
                "/a%7f",
                "/a\u007f",
                "/a b",
                "/\u00e9",
                "/\ud83d\ude00",
                "/a#b",
                "/a?b",
                "/..",
                "/../a",
                "/a/../..",
                "/a/../../b",
                "/%2e%2e/a",
                "//../a",
                "/./..",
                "/a/..;/b",
                "/a/..;x=1/b",
                "/a/.;x",
                "/a/%2e%2e;x/b",
                "/a/..%3bx/b",
                "/a/%2e%3B",
                "/;x/admin",
                "/%3Bx/admin",
                "//;/admin"
            })
    void rejectsPathsThatServersInterpretDifferently(String received) {
        assertInstanceOf(Parsed.Rejected.class, RequestPath.parse(received));
    }

    @Test
    void reportsTheReasonWithoutRepeatingTheRequest() {
        assertEquals(new Parsed.Rejected("path climbs above the root"), RequestPath.parse("/secret/../../etc"));
    }

    private static RequestPath parse(String received) {
        return assertInstanceOf(Parsed.Ok.class, RequestPath.parse(received)).path();
    }
}
