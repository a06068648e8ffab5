package dev.clew.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class HeaderSectionTest {

    @Test
    void countsEachLineAsItStandsInHttp1() {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap()
                .add("Host", "a.test")
                .add("X-A", "")
                .add("X-A", "12");
        int onTheWire = "Host: a.test\r\nX-A: \r\nX-A: 12\r\n".length();

        assertEquals(onTheWire, HeaderSection.size(fields));
        assertEquals(0, HeaderSection.size(MultiMap.caseInsensitiveMultiMap()));
    }
}
