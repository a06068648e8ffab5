package dev.clew.contract.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** An HTTP/1 request, as sent. A body gets its Content-Length; nothing else is added. */
public record Call(String method, String target, String version, List<String> lines, String body) {

    static final String HOST = "acme.test";

    public static Call of(String method, String target) {
        return new Call(method, target, "HTTP/1.1", List.of("Host: " + HOST), "");
    }

    public static Call get(String target) {
        return of("GET", target);
    }

    public static Call post(String target, String body) {
        return of("POST", target).with("Content-Length", Integer.toString(body.getBytes(ISO_8859_1).length), body);
    }

    private Call with(String name, String value, String withBody) {
        Call call = header(name, value);
        return new Call(method, target, version, call.lines, withBody);
    }

    public Call host(String host) {
        List<String> changed = new ArrayList<>(lines);
        changed.removeIf(line -> line.startsWith("Host:"));
        changed.add(0, "Host: " + host);
        return new Call(method, target, version, changed, body);
    }

    public Call withoutHost() {
        List<String> changed = new ArrayList<>(lines);
        changed.removeIf(line -> line.startsWith("Host:"));
        return new Call(method, target, version, changed, body);
    }

    public Call header(String name, String value) {
        return line(name + ": " + value);
    }

    /** Adds a valid trace context of the caller before all other lines. */
    public Call in(String traceId) {
        List<String> longer = new ArrayList<>(lines);
        longer.add(0, "traceparent: 00-" + traceId + "-00f067aa0ba902b7-01");
        return new Call(method, target, version, longer, body);
    }

    /** Adds a raw line, for text that is not a header field. */
    public Call line(String line) {
        List<String> longer = new ArrayList<>(lines);
        longer.add(line);
        return new Call(method, target, version, longer, body);
    }

    public Call version(String other) {
        return new Call(method, target, other, lines, body);
    }

    /** Sets the bytes after the head, independent of its framing. */
    public Call raw(String bytes) {
        return new Call(method, target, version, lines, bytes);
    }

    public String wire() {
        return method + ' ' + target + ' ' + version + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n" + body;
    }
}
