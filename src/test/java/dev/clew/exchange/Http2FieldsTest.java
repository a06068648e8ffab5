package dev.clew.exchange;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Http2FieldsTest {

    /** Returns fields without validation, as a frame decoder does. */
    private static HeadersMultiMap fields(String name, String value) {
        HeadersMultiMap fields = new HeadersMultiMap((anyName, anyValue) -> {});
        fields.add("x-sound", "as it should be");
        fields.add(name, value);
        return fields;
    }

    @ParameterizedTest
    @CsvSource({"x-a,value", "x-a,''", ":status,200", "x-a,t\u00e4st"})
    void soundFieldsAreSound(String name, String value) {
        assertTrue(Http2Fields.areSound(fields(name, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx-smuggled: 1", "a\nb", "a\rb", "a\u0000b"})
    void aValueThatHttp1WouldReadOtherwiseIsNot(String value) {
        assertFalse(Http2Fields.areSound(fields("x-a", value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x a", "x:a", "x\r\na", "x\u0000a"})
    void aNameThatIsNoTokenIsNot(String name) {
        assertFalse(Http2Fields.areSound(fields(name, "value")));
    }

    @Test
    void aNameOfNothingIsNot() {
        assertFalse(Http2Fields.areSound(fields("", "value")));
    }
}
