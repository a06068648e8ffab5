package dev.clew.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenListTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "close; true",
                "Close; true",
                "TE, close; true",
                "close,TE; true",
                "a ,'\tCLOSE\t', b; true",
                ", ,close,; true",
                "c; false",
                "closed; false",
                "x-close; false",
                "close x; false",
                "clo,se; false",
                "''; false",
            })
    void findsAWholeMember(String list, boolean found) {
        assertEquals(found, TokenList.contains(list.replace("'", "").replace("\\t", "\t"), "close"));
    }
}
