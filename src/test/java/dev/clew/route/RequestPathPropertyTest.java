package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.route.RequestPath.Parsed;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RequestPathPropertyTest {

    private static final List<String> PIECES = List.of(
            "/",
            "/",
            "/",
            "/",
            "a",
            "b",
            "admin",
            "A",
            ".",
            "..",
            "/../",
            "/./",
            "//",
            "%2e",
            "%2E",
            "%61",
            "%2f",
            "%5c",
            "%25",
            "%252e",
            "%40",
            "@",
            "%3b",
            ";",
            ";x=1",
            ";/",
            "%20",
            "%c3%a9",
            "%C0%AE",
            "%C0",
            "%AF",
            "%e0%80%af",
            "%",
            "%4",
            "%00",
            "\\",
            "{",
            "|",
            "[",
            ":",
            "+",
            "*",
            "\u00e9",
            " ",
            "?");

    @Test
    void normalisingTwiceChangesNothing() {
        forAcceptedPaths(path -> {
            assertEquals(path, accepted(path.raw()));
            assertEquals(path.matched(), accepted(path.matched()).matched());
        });
    }

    @Test
    void matchedPathsHoldNothingThatCouldStillBeResolved() {
        forAcceptedPaths(path -> {
            String matched = path.matched();
            assertTrue(matched.startsWith("/"), matched);
            for (String forbidden : List.of("//", "/./", "/../", ";", "%2e", "%2f", "%5c", "\\")) {
                assertFalse(matched.toLowerCase(Locale.ROOT).contains(forbidden), () -> matched);
            }
            assertFalse(matched.endsWith("/.") || matched.endsWith("/.."), matched);
        });
    }

    @Test
    void matchedAndForwardedPathsAgreeUpToParametersAndReservedEscapes() {
        forAcceptedPaths(path -> assertEquals(decoded(path.raw()), decoded(path.matched())));
    }

    @Test
    void forwardedPathsConformToRfc3986AndAreResolved() {
        forAcceptedPaths(path -> {
            URI uri = URI.create("http://h" + path.raw());
            assertEquals(path.raw(), uri.getRawPath());
            assertEquals(path.raw(), uri.normalize().getRawPath());
        });
    }

    @Test
    void whatMatchesUnderAPrefixReachesThatPrefixUpstream() {
        RouteTable<String> table = RouteTable.of(List.of(new RouteTable.Entry<>(
                "admin", new RouteMatch(PathPattern.parse("/admin/**"), Set.of(), Conditions.NONE), "admin")));
        forAcceptedPaths(path -> {
            boolean matches = table.match("GET", path.matched(), Facts.NONE) instanceof Match.Found<String>;
            String reached =
                    decoded(URI.create("http://h" + path.raw()).normalize().getRawPath());
            assertEquals(reached.equals("/admin") || reached.startsWith("/admin/"), matches, path.raw());
        });
    }

    /** Interprets a path as a lenient server does: parameters dropped, then everything decoded, then resolved again. */
    private static String decoded(String path) {
        String withoutParameters = path.replaceAll("(;|%3B)[^/]*", "");
        return URI.create("http://h" + withoutParameters).normalize().getPath();
    }

    private static void forAcceptedPaths(Consumer<RequestPath> property) {
        Seeded.check(30_000, random -> {
            if (RequestPath.parse(randomPath(random)) instanceof Parsed.Ok ok) {
                property.accept(ok.path());
            }
        });
    }

    private static RequestPath accepted(String path) {
        if (RequestPath.parse(path) instanceof Parsed.Ok ok) {
            return ok.path();
        }
        throw new AssertionError("rejected: " + path);
    }

    private static String randomPath(Random random) {
        StringBuilder path = new StringBuilder("/");
        // Choosing mostly from the harmless start of the list keeps most paths valid.
        int choices = random.nextInt(4) == 0 ? PIECES.size() : PIECES.size() - 17;
        for (int i = random.nextInt(10); i > 0; i--) {
            path.append(PIECES.get(random.nextInt(choices)));
        }
        return path.toString();
    }
}
