package dev.clew.observe;

import static dev.clew.journal.Entries.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.clew.config.gateway.LogField;
import dev.clew.journal.Circumstances.Decision;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Place;
import dev.clew.journal.Worth;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessLineTest {

    private static final JournalEntry RETRIED = entry().worth(Worth.RETRIED)
            .attempt("10.0.3.7", 8080, 0, "upstream-unreachable", 400_000)
            .attempt("10.0.3.8", 8080, 200, null, 41_000_000)
            .build();

    @Test
    void hasTheStandardFieldsInTheirOrder() {
        assertEquals(
                "{\"time\":\"1970-01-01T00:00:01Z\",\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\""
                        + ",\"span_id\":\"b7ad6b7169203331\",\"sampled\":true"
                        + ",\"tenant\":\"acme\",\"route\":\"orders\",\"upstream\":\"orders\""
                        + ",\"method\":\"GET\",\"protocol\":\"1.1\",\"status\":200,\"duration_us\":41000"
                        + ",\"request_bytes\":0,\"response_bytes\":120"
                        + ",\"attempts\":2,\"endpoint\":\"10.0.3.8:8080\",\"upstream_us\":41000}",
                new AccessLine(List.of()).of(RETRIED));
    }

    @Test
    void explainsA404() {
        String line = new AccessLine(List.of())
                .of(entry().worth(Worth.REJECTED)
                        .place(new Place("acme", "", "", ""))
                        .subject("shop.example.com", "/ordrs/*")
                        .status(404, "unknown-route")
                        .routing(new Decision("route", "missed orders", "/orders/**: \"orders\" expected"))
                        .build());
        assertEquals(
                ",\"tenant\":\"acme\",\"host\":\"shop.example.com\",\"method\":\"GET\",\"path\":\"/ordrs/*\"",
                line.substring(line.indexOf(",\"tenant\""), line.indexOf(",\"protocol\"")));
        assertEquals(
                ",\"error\":\"unknown-route\",\"nearest_route\":\"orders\""
                        + ",\"missed\":\"/orders/**: \\\"orders\\\" expected\"}",
                line.substring(line.indexOf(",\"error\"")));
    }

    @Test
    void hasTheChosenFieldsInTheChosenOrder() {
        assertEquals(
                "{\"status\":200,\"host\":\"shop.example.com\",\"worth\":\"retried\",\"attempt_list\":["
                        + "{\"span_id\":\"00f067aa0ba902b7\",\"endpoint\":\"10.0.3.7:8080\""
                        + ",\"error\":\"upstream-unreachable\",\"upstream_us\":400},"
                        + "{\"span_id\":\"00f067aa0ba902b7\",\"endpoint\":\"10.0.3.8:8080\",\"status\":200"
                        + ",\"upstream_us\":41000}]}",
                new AccessLine(List.of(
                                LogField.STATUS, LogField.HOST, LogField.WORTH, LogField.ATTEMPT_LIST, LogField.ERROR))
                        .of(RETRIED));
    }

    @Test
    void escapesWhatAClientWrote() {
        assertEquals(
                "{\"path\":\"/\\\"\\\\\\u0001ü\"}",
                new AccessLine(List.of(LogField.PATH))
                        .of(entry().subject(null, "/\"\\\u0001ü").build()));
    }

    @Test
    void showsNoHostOfARequestWithARoute() {
        assertFalse(new AccessLine(List.of()).of(RETRIED).contains("host"));
    }
}
