package dev.clew.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.OtelSettings;
import dev.clew.export.settings.KnownMethods;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodsTest {

    private static String named(Methods methods, String sent) {
        return methods.name(methods.indexOf(HttpMethod.valueOf(sent)));
    }

    @Test
    void namesTheMethodsOfTheConventionsAndNoOthers() {
        Methods methods = new Methods(KnownMethods.STANDARD);

        for (String known : KnownMethods.STANDARD) {
            assertEquals(known, named(methods, known));
            assertEquals(known, methods.spanName(methods.indexOf(HttpMethod.valueOf(known))));
        }
        for (String other : List.of("get", "PROPFIND", "BREW", "_OTHER")) {
            assertEquals("_OTHER", named(methods, other));
            assertTrue(methods.isOther(HttpMethod.valueOf(other)));
            assertEquals("HTTP", methods.spanName(methods.indexOf(HttpMethod.valueOf(other))));
        }
    }

    @Test
    void namesWhatTheEnvironmentListsInsteadCaseCounts() {
        OtelSettings settings = OtelSettings.read(
                Map.of("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS", " GET, PROPFIND ,Brew,GET,")::get, "1");
        Methods methods = new Methods(settings.knownMethods());

        assertEquals(List.of(), settings.problems());
        assertEquals(List.of("GET", "PROPFIND", "Brew"), settings.knownMethods());
        assertEquals("Brew", named(methods, "Brew"));
        assertEquals("_OTHER", named(methods, "BREW"));
        assertEquals("_OTHER", named(methods, "POST"));
    }

    @Test
    void saysWhatAListOfMethodsIsExpectedToBe() {
        assertEquals(
                List.of("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: \"GET POST\" (expected: up to 64 names of letters and"
                        + " hyphens, such as GET,POST); the standard methods are used"),
                OtelSettings.read(Map.of("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS", "GET POST")::get, "1")
                        .problems()
                        .stream()
                        .map(Object::toString)
                        .toList());
    }
}
