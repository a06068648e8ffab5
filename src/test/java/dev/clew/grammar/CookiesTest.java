package dev.clew.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
            sid=1              | 1
            a=b; sid=1         | 1
            a=b;sid=1;c=d      | 1
            a=b, sid=1         | 1
            sid=               | ''
            sid=1; sid=2       | 1
            xsid=1             | none
            sid                | none
            SID=1              | none
            a=sid=1            | none
            ''                 | none
            a=b, c=d; sid=x=y  | x=y
            none               | none
            """)
    void findsTheFirstCookieOfTheName(@Nullable String field, @Nullable String value) {
        assertEquals(value, Cookies.find("sid", field));
    }
}
