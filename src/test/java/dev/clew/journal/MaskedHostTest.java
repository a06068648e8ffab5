package dev.clew.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedHostTest {

    @ParameterizedTest
    @CsvSource({
        "shop.example.com, shop.example.com",
        "s3cr3t.example.com, *.example.com",
        "123.example.com, *.example.com",
        "a.1.com, a.*.com",
        "twentyfour-letters-long-xy.test, *.test",
        "10.0.3.7, 10.0.3.7",
        "4111111111111111, *",
        "49.1701234567, *.*",
        "300.0.3.7, *.*.*.*",
        "[fd00::7], [fd00::7]",
        "localhost, localhost",
    })
    void masksLabelsThatMayNameAPerson(String host, String masked) {
        assertEquals(masked, MaskedHost.of(host));
    }
}
