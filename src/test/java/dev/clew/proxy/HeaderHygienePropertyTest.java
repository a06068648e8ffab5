package dev.clew.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Comparison of random header sections with a slow, plain implementation of RFC 9110 section 7.6.1. */
class HeaderHygienePropertyTest {

    private static final int CASES = 5_000;

    private static final List<String> NAMES = List.of(
            "Content-Type",
            "Set-Cookie",
            "X-A",
            "X-B",
            "X-Internal",
            "Server-Timing",
            "Trailer",
            "Content-Length",
            "Connection",
            "Keep-Alive",
            "TE",
            "Upgrade",
            "Transfer-Encoding",
            "Proxy-Connection",
            "Proxy-Authenticate",
            "X-Trace-Id",
            "X-Span-Id",
            "X_Span_Id",
            "X-Trace_Id",
            "traceresponse",
            "HTTP2-Settings",
            "Proxy-Authorization");

    private static final Set<String> NEVER_PASSED = caseless(
            "connection",
            "keep-alive",
            "te",
            "upgrade",
            "transfer-encoding",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "http2-settings",
            "x-trace-id",
            "x-trace_id",
            "x-span-id",
            "x_span_id",
            "traceresponse");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }

    @Test
    void passesExactlyWhatIsEndToEndLineByLineAndInOrder() {
        for (int i = 0; i < CASES; i++) {
            MultiMap from = HttpHeaders.headers();
            Set<String> named = caseless();
            int lines = random.nextInt(12);
            for (int line = 0; line < lines; line++) {
                String name = spelledAnyhow(NAMES.get(random.nextInt(NAMES.size())));
                from.add(name, name.equalsIgnoreCase("connection") ? options(named) : "v" + line);
            }
            MultiMap to = HttpHeaders.headers();

            ResponseHeaders.copy(from, to);

            assertEquals(expected(from, named), lines(to), () -> "seed " + seed + ": " + from);
        }
    }

    private String options(Set<String> named) {
        List<String> options = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String name = spelledAnyhow(NAMES.get(random.nextInt(NAMES.size())));
            // Content-Length is end-to-end, even if Connection names it.
            if (!name.equalsIgnoreCase("content-length")) {
                named.add(name);
            }
            options.add(random.nextBoolean() ? name : " " + name + "\t");
        }
        return String.join(",", options);
    }

    private String spelledAnyhow(String name) {
        return switch (random.nextInt(3)) {
            case 0 -> name.toLowerCase(Locale.ROOT);
            case 1 -> name.toUpperCase(Locale.ROOT);
            default -> name;
        };
    }

    private static List<String> expected(MultiMap from, Set<String> named) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> field : from) {
            if (!NEVER_PASSED.contains(field.getKey()) && !named.contains(field.getKey())) {
                lines.add(field.getKey() + ": " + field.getValue());
            }
        }
        return lines;
    }

    private static List<String> lines(MultiMap headers) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> field : headers) {
            lines.add(field.getKey() + ": " + field.getValue());
        }
        return lines;
    }
}
