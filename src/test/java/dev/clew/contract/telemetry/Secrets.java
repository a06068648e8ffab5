package dev.clew.contract.telemetry;

import dev.clew.contract.client.Call;
import dev.clew.contract.world.Contract;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Confidential parts of users' and services' messages: a different secret in each place, so that a leak identifies its
 * source.
 */
final class Secrets {

    private final String marker = "s3cr3t" + Contract.marker() + "z";
    private final Pattern pattern = Pattern.compile(marker + "([a-z]*)");

    /** @param place lower-case letters */
    String in(String place) {
        return marker + place + "0";
    }

    /** Returns the places whose secrets a text contains, ignoring case. */
    Set<String> shownBy(String text) {
        Set<String> places = new TreeSet<>();
        Matcher secret = pattern.matcher(text.toLowerCase(Locale.ROOT));
        while (secret.find()) {
            places.add(secret.group(1));
        }
        return places;
    }

    /** Returns a request with a secret in every place but the host; chunked, for the place of a trailer. */
    Call call(String target) {
        Call call = Call.of("POST", target + "/" + in("path") + "?" + in("key") + "=" + in("value") + "&" + in("bare"))
                .line("Transfer-Encoding: chunked")
                .raw("9;ext=" + in("extension") + "\r\n\"password\r\n"
                        + Integer.toHexString(in("body").length()) + "\r\n" + in("body")
                        + "\r\n0\r\nX-Trailer: " + in("trailer") + "\r\n\r\n");
        for (String line : List.of(
                "Authorization: Bearer " + in("authorization"),
                "Proxy-Authorization: Basic " + in("proxyauthorization"),
                "Cookie: session=" + in("cookie"),
                "X-" + in("headername") + ": 1",
                "X-Api-Key: " + in("headervalue"),
                "X-Trace-Force: " + in("force"),
                "User-Agent: " + in("useragent"),
                "Referer: http://user:" + in("referer") + "@example.test/",
                "traceparent: 00-" + in("traceparent") + "-00f067aa0ba902b7-01",
                "tracestate: " + in("tracestate"),
                "b3: " + in("bthree"),
                "X-B3-TraceId: " + in("bthreeid"),
                "baggage: user=" + in("baggage") + ",tenant.id=" + in("baggagetenant"),
                "Forwarded: for=" + in("forwarded") + ";host=" + in("forwardedhost"),
                "X-Forwarded-For: " + in("forwardedfor"),
                "X-Forwarded-Host: " + in("xforwardedhost"),
                "X-Request-Id: " + in("requestid"))) {
            call = call.line(line);
        }
        return call;
    }

    /** Returns a complete response with a secret in every place. */
    String response() {
        String body = in("answerbody");
        return "HTTP/1.1 200 " + in("statustext") + "\r\n"
                + "X-" + in("answername") + ": 1\r\n"
                + "X-Token: " + in("answervalue") + "\r\n"
                + "Set-Cookie: id=" + in("setcookie") + "\r\n"
                + "WWW-Authenticate: Basic realm=" + in("realm") + "\r\n"
                + "Location: http://user:" + in("location") + "@example.test/\r\n"
                + "X-Trace-Id: " + in("answertraceid") + "\r\n"
                + "traceresponse: 00-" + in("traceresponse") + "-00f067aa0ba902b7-01\r\n"
                + "Server-Timing: trace;desc=" + in("timing") + "\r\n"
                + "Trailer: x-sum\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + ";" + in("answerextension") + "\r\n" + body
                + "\r\n0\r\nX-Sum: " + in("answertrailer") + "\r\n\r\n";
    }
}
