package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/**", "/orders", "/orders/", "/orders/**", "/a/{id}/b", "/{_a}/{b2}/**", "/a@b", "/%C3%A9"
            })
    void keepsTheTemplateAsWritten(String template) {
        assertEquals(template, PathPattern.parse(template).template());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders    | a path that starts with \"/\"",
                "''        | a path that starts with \"/\"",
                "/a//b     | no empty segment",
                "//        | no empty segment",
                "/**/a     | \"*\" only as \"**\" in the last segment",
                "/a/*      | \"*\" only as \"**\" in the last segment",
                "/a**      | \"*\" only as \"**\" in the last segment",
                "/**/      | \"*\" only as \"**\" in the last segment",
                "/{a}/{a}  | each {name} once, found {a} twice",
                "/a{b}     | {name} as a whole segment, found \"a{b}\"",
                "/{b       | {name} as a whole segment, found \"{b\"",
                "/{}       | a name of letters, digits and \"_\", not starting with a digit, in {}",
                "/{1a}     | a name of letters, digits and \"_\", not starting with a digit, in {1a}",
                "/{a-b}    | a name of letters, digits and \"_\", not starting with a digit, in {a-b}",
                "/a/%61    | the normal form \"/a\" instead of \"/%61\"",
                "/%c3%a9   | the normal form \"/%C3%A9\" instead of \"/%c3%a9\"",
                "/%40      | the normal form \"/@\" instead of \"/%40\"",
                "/a;x      | the normal form \"/a\" instead of \"/a;x\"",
                "/a/./b    | the normal form \"/\" instead of \"/.\"",
                "/a/../b   | a segment that a request can have, found \"..\"",
                "/a b      | a segment that a request can have, found \"a b\"",
                "/a?b=c    | a segment that a request can have, found \"a?b=c\"",
                "/a%2Fb    | a segment that a request can have, found \"a%2Fb\"",
            })
    void reportsTheErrorAndTheExpectation(String template, String expected) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(template));

        assertEquals("path: \"" + template + "\" (expected: " + expected + ")", failure.getMessage());
    }

    @Test
    void isEqualToThePatternOfTheSameTemplate() {
        assertEquals(PathPattern.parse("/a/{b}"), PathPattern.parse("/a/{b}"));
    }
}
