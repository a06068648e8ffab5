package dev.clew.tenant.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

    @ParameterizedTest
    @CsvSource({
        "Acme.localhost., acme.localhost, false, acme.localhost",
        "*.Acme.Example.com, acme.example.com, true, *.acme.example.com",
        "192.0.2.1, 192.0.2.1, false, 192.0.2.1",
        "[0:0::1], [::1], false, [::1]",
    })
    void readsExactAndWildcardHosts(String text, String name, boolean wildcard, String normal) {
        HostPattern pattern = HostPattern.parse(text);

        assertEquals(new HostPattern(name, wildcard), pattern);
        assertEquals(normal, pattern.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "*.*.a", "a.*", "*a.b", "http://a", "a/b", "::1", "*.[::1]"})
    void rejectsWhatIsNoHost(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> HostPattern.parse(text))
                .getMessage();

        assertTrue(message.startsWith("host: \"" + text + "\" (expected: a host name"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:80", "*.a:80", "[::1]:80", "a:"})
    void rejectsPorts(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> HostPattern.parse(text))
                .getMessage();

        assertEquals("host: \"" + text + "\" (expected: no port: a tenant's host applies to every port)", message);
    }

    @Test
    void canNotBeMadeOfANameThatIsNotNormal() {
        assertThrows(IllegalArgumentException.class, () -> new HostPattern("A.b", false));
    }
}
