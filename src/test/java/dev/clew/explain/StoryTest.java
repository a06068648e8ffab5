package dev.clew.explain;

import static dev.clew.journal.Entries.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.journal.Circumstances.Decision;
import dev.clew.journal.Place;
import dev.clew.journal.Worth;
import org.junit.jupiter.api.Test;

class StoryTest {

    private static final long MILLI = 1_000_000;

    @Test
    void tellsOfARetry() {
        assertEquals(
                "`acme` › route `orders` › 2 attempts at `orders`: 10.0.3.7:8080 refused the connection after 0.4 ms,"
                        + " 10.0.3.8:8080 responded 200 after 41 ms",
                Story.of(entry().worth(Worth.RETRIED)
                        .attempt("10.0.3.7", 8080, 0, "upstream-unreachable", 400_000)
                        .attempt("10.0.3.8", 8080, 200, null, 41 * MILLI)
                        .build()));
    }

    @Test
    void tellsOfAFailure() {
        assertEquals(
                "`acme` › route `orders` › 1 attempt at `orders`: 10.0.3.7:8080 did not respond in time after 5000 ms"
                        + " › the gateway responded 504 (response-timeout) after 5001 ms",
                Story.of(entry().worth(Worth.FAILED)
                        .status(504, "response-timeout")
                        .took(5001 * MILLI)
                        .attempt("10.0.3.7", 8080, 0, "response-timeout", 5000 * MILLI)
                        .build()));
    }

    @Test
    void tellsWhatA404Missed() {
        assertEquals(
                "`acme` › no route matches GET /ordrs/*, the nearest is `orders` (/orders/**: path segment 1 is ordrs)"
                        + " › the gateway responded 404 (unknown-route) after 0.2 ms",
                Story.of(entry().worth(Worth.REJECTED)
                        .place(new Place("acme", "", "", ""))
                        .subject("shop.example.com", "/ordrs/*")
                        .status(404, "unknown-route")
                        .took(200_000)
                        .routing(new Decision("route", "missed orders", "/orders/**: path segment 1 is ordrs"))
                        .build()));
    }

    @Test
    void tellsOfAnUnknownHost() {
        assertEquals(
                "no tenant has the host nobody.example.com › the gateway responded 404 (unknown-host) after 0.2 ms",
                Story.of(entry().worth(Worth.REJECTED)
                        .place(Place.UNKNOWN)
                        .subject("nobody.example.com", "/")
                        .status(404, "unknown-host")
                        .took(200_000)
                        .build()));
    }

    @Test
    void tellsThatTheClientDisconnected() {
        assertEquals(
                "`acme` › route `orders` › 1 attempt at `orders`: [fd00::7]:80 was left when the client disconnected"
                        + " after 20 ms › the client disconnected after 21 ms",
                Story.of(entry().worth(Worth.FAILED)
                        .status(499, "client-closed-request")
                        .took(21 * MILLI)
                        .attempt("fd00::7", 80, 0, "client-closed-request", 20 * MILLI)
                        .build()));
    }

    @Test
    void tellsOfAResponseOfTheGateway() {
        assertEquals(
                "`acme` › route `orders` › the gateway responded 301 after 41 ms",
                Story.of(entry().status(301, null).build()));
    }
}
