package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    private static final List<String> PIECES = List.of(
            "http://",
            "HTTPS://",
            "http:",
            "ftp://",
            "//",
            "/",
            "/",
            "?",
            "?",
            "a",
            "b",
            "acme.test",
            ":80",
            "@",
            "[::1]",
            "*",
            "#",
            "%",
            "%2f",
            ".",
            "..",
            "\\",
            " ",
            "\t",
            "\r\n",
            "\u0000",
            "\u007f",
            "\u00e9",
            "://");

    @ParameterizedTest
    @CsvSource({
        "/, , /, ",
        "/a/b?c?d, , /a/b, c?d",
        "//a, , //a, ",
        "/http://h/a, , /http://h/a, ",
        "http://h, h, /, ",
        "http://h/a?b, h, /a, b",
        "https://h?b/c, h, /, b/c",
        "HTTP://user@h:80/a, user@h:80, /a, ",
        "http://h\\x/a, h\\x, /a, ",
    })
    void parsesOriginAndAbsoluteForm(String target, String authority, String path, String query) {
        assertEquals(new RequestTarget(authority, path, query), RequestTarget.parse(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "a",
                "h:80",
                "http:/a",
                "http:///a",
                "http://?a",
                "ftp://h/a",
                "x/http://h",
                "/a b",
                "/#"
            })
    void rejectsOtherForms(String target) {
        assertNull(RequestTarget.parse(target));
    }

    @Test
    void partsOfAnyTargetAreThoseOfItsText() {
        Seeded.check(30_000, random -> {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(7); pieces > 0; pieces--) {
                text.append(Seeded.oneOf(random, PIECES));
            }
            String received = text.toString();
            RequestTarget target = RequestTarget.parse(received);
            if (target != null) {
                String authority = target.authority();
                String query = target.query() == null ? "" : '?' + target.query();
                assertTrue(target.path().startsWith("/"), received);
                assertTrue(target.path().indexOf('?') < 0, received);
                assertTrue(authority == null || !authority.isEmpty() && authority.indexOf('/') < 0, received);
                assertTrue(received.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#'), received);
                String before = authority == null ? "" : received.substring(0, received.indexOf("://") + 3) + authority;
                String path = received.startsWith(before + target.path()) ? target.path() : "";
                assertEquals(received, before + path + query);
            }
        });
    }
}
