package dev.clew.management;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return file.token().matches("Bearer " + token);
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
        assertFalse(file.token().matches(authorization));
        assertFalse(file.token().matches(null));
        assertTrue(file.token().matches("bearer  " + FIRST));
    }
}
