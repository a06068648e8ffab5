package dev.clew.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {

    private static final String FIRST = "first-token-0123456789";
    private static final String SECOND = "second-token-012345678";

    @TempDir
    Path folder;

    private static boolean accepts(TokenFile file, String token) {
        return file.tokens().viewer("Bearer " + token) != null;
    }

    @Test
    void replacesTheOldTokenByANewOne() throws IOException {
        Path path = Files.writeString(folder.resolve("token"), FIRST + "\n");
        TokenFile file = new TokenFile(path);
        assertTrue(accepts(file, FIRST));
        Files.writeString(path, SECOND);
        file.check();
        assertTrue(accepts(file, SECOND));
        assertFalse(accepts(file, FIRST));
    }

    @Test
    void whatGoesOnEndsWithItsToken() throws IOException {
        Path path = Files.writeString(folder.resolve("token"), FIRST + "\n" + SECOND + "\n");
        TokenFile file = new TokenFile(path);
        Access first = file.access("Bearer " + FIRST);
        Access second = file.access("Bearer " + SECOND);
        assertFalse(first.holder().equals(second.holder()));
        Files.writeString(path, SECOND + "\n" + FIRST + " acme");
        file.check();
        assertFalse(first.isValid(), "narrowed");
        assertTrue(second.isValid());
        Files.writeString(path, FIRST);
        file.check();
        assertFalse(second.isValid(), "revoked");
    }

    @Test
    void theFirstLineOfATokenCounts() throws IOException {
        Path path = Files.writeString(folder.resolve("token"), FIRST + " acme\n" + FIRST + "\n");
        Tokens tokens = new TokenFile(path).tokens();
        assertEquals(Viewer.of(Set.of("acme")), tokens.viewer("Bearer " + FIRST));
        assertEquals(List.of(2), tokens.invalidLines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "short", "with blanks 0123456789", "tökén-0123456789abcdef"})
    void acceptsNoTokenWhileTheFileIsUnusable(String content) throws IOException {
        Path path = folder.resolve("token");
        TokenFile file = new TokenFile(path);
        assertFalse(accepts(file, FIRST), "no file");
        Files.writeString(path, content);
        file.check();
        assertFalse(accepts(file, content));
        assertFalse(accepts(file, ""));
        Files.writeString(path, FIRST);
        file.check();
        assertTrue(accepts(file, FIRST));
        Files.delete(path);
        file.check();
        assertFalse(accepts(file, FIRST), "deleted");
        Files.createDirectory(path);
        file.check();
        assertFalse(accepts(file, FIRST), "a folder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Basic first-token-0123456789",
                "Bearer first-token-012345678",
                "Bearer first-token-01234567890",
                "Bearer FIRST-TOKEN-0123456789",
                "first-token-0123456789"
            })
    void acceptsOnlyTheTokenInItsScheme(String authorization) throws IOException {
        TokenFile file = new TokenFile(Files.writeString(folder.resolve("token"), FIRST));
        assertNull(file.tokens().viewer(authorization));
        assertNull(file.tokens().viewer(null));
        assertEquals(Viewer.OF_ALL, file.tokens().viewer("bearer  " + FIRST));
    }

    @Test
    void aTokenFollowedByTenantsShowsTheseOnly() throws IOException {
        Path path = folder.resolve("token");
        Files.writeString(path, "# operators\n" + FIRST + "\n\n# support\n" + SECOND + " acme, globex\n");
        TokenFile file = new TokenFile(path);
        assertEquals(Viewer.OF_ALL, file.tokens().viewer("Bearer " + FIRST));
        Viewer support = file.tokens().viewer("Bearer " + SECOND);
        assertEquals(Viewer.of(Set.of("acme", "globex")), support);
        assertTrue(support.sees("acme") && !support.sees("initech"));
        assertFalse(support.sees(""), "what belongs to no tenant");
        Files.writeString(path, SECOND + " acme\n");
        file.check();
        assertEquals(Viewer.of(Set.of("acme")), file.tokens().viewer("Bearer " + SECOND));
        assertFalse(accepts(file, FIRST));
    }

    /** A mistake must never show more than was meant. */
    @ParameterizedTest
    @ValueSource(strings = {" Acme", " acme,", " acme globex", " *", " ac/me", "\tacme"})
    void anInvalidListOfTenantsMakesItsTokenInvalidAndNoOther(String list) throws IOException {
        Path path = Files.writeString(folder.resolve("token"), SECOND + list + "\n" + FIRST + "\n");
        TokenFile file = new TokenFile(path);
        assertFalse(accepts(file, SECOND));
        assertTrue(accepts(file, FIRST));
    }

    @Test
    void theCookieOfTheConsoleIsNotTheTokenAndEndsWithIt() throws IOException {
        Path path = Files.writeString(folder.resolve("token"), FIRST);
        TokenFile file = new TokenFile(path);
        String cookie = file.tokens().consoleCookie("Bearer " + FIRST);
        assertTrue(file.tokens().includesCookie(cookie));
        assertFalse(cookie.contains(FIRST));
        assertNull(file.tokens().viewer("Bearer " + cookie));
        Files.writeString(path, SECOND);
        file.check();
        assertFalse(file.tokens().includesCookie(cookie));
        assertFalse(file.tokens().includesCookie(""));
    }
}
