package dev.clew.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenMetricsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/openmetrics-text|true",
                "application/openmetrics-text; version=1.0.0; charset=utf-8|true",
                "APPLICATION/OpenMetrics-Text;Q=0.1|true",
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1|true",
                "text/plain;q=0.3 , application/openmetrics-text;q=0.3|true",
                "application/openmetrics-text;q=0.2,text/plain|false",
                "application/openmetrics-text;q=0|false",
                "application/openmetrics-text;q=much|false",
                "text/plain|false",
                "*/*|false",
                "application/openmetrics-text2|false",
                ",;|false"
            })
    void isPreferredIfItWeighsAtLeastAsMuchAsPlainText(String accept, boolean preferred) {
        assertEquals(preferred, OpenMetrics.isPreferred(accept));
    }

    @Test
    void exemplarsAreThoseOfBucketsOrNone() {
        String bucket = "a_bucket{le=\"1\"} 2.0 # {span_id=\"x\",trace_id=\"y\"} 0.5 1.7\n";
        String page = "# TYPE a histogram\n" + bucket + "a_count 2.0 # {span_id=\"x\"} 0.5 1.7\nb 1.0\n# EOF\n";
        assertEquals(
                "# TYPE a histogram\n" + bucket + "a_count 2.0\nb 1.0\n# EOF\n",
                OpenMetrics.exemplarsOf(OpenMetrics.BUCKETS, page));
        assertEquals(
                "# TYPE a histogram\na_bucket{le=\"1\"} 2.0\na_count 2.0\nb 1.0\n# EOF\n",
                OpenMetrics.exemplarsOf(OpenMetrics.NONE, page));
        assertEquals("b 1.0", OpenMetrics.exemplarsOf(OpenMetrics.NONE, "b 1.0 # {span_id=\"x\"} 1"));
    }

    @Test
    void isNotPreferredUnlessAskedFor() {
        assertFalse(OpenMetrics.isPreferred(null));
    }
}
