package dev.clew.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a running gateway's API. Bounded in time and in bytes. */
final class GatewayClient {

    /** Far above the largest response, a thousand requests. */
    private static final int MAX_BYTES = 16 << 20;

    private static final int MAX_TOKEN_BYTES = 8192;

    private final URI address;
    private final @Nullable String token;
    private final Duration timeout;
    private final HttpClient http;

    private GatewayClient(URI address, @Nullable String token, Duration timeout) {
        this.address = address;
        this.token = token;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    static GatewayClient of(String url, @Nullable Path tokenFile, Duration timeout) {
        return new GatewayClient(GatewayOptions.address(url), tokenFile == null ? null : token(tokenFile), timeout);
    }

    private static String token(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_TOKEN_BYTES), StandardCharsets.UTF_8).strip();
            if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
                throw new CommandFailure("--token-file: " + file + " (expected: one token)");
            }
            return text;
        } catch (IOException unreadable) {
            throw new CommandFailure("--token-file: " + file + " cannot be read");
        }
    }

    /** Returns a response; throws unless it is one of success. */
    JsonObject get(String path, Map<String, List<String>> query) {
        JsonObject found = find(path, query);
        if (found == null) {
            throw new CommandFailure(address + " has no " + path);
        }
        return found;
    }

    /** Returns a response; null if there is nothing of that name. */
    @Nullable JsonObject find(String path, Map<String, List<String>> query) {
        HttpResponse<InputStream> response = send(path, query, "application/json", timeout);
        String body = body(response);
        if (response.statusCode() == 404) {
            return null;
        }
        check(response.statusCode(), body);
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException otherThanJson) {
            throw new CommandFailure(address + " does not respond with JSON (expected: a gateway's management port)");
        }
    }

    /** Opens a stream of server-sent events, which has no bound in time. */
    InputStream stream(String path, Map<String, List<String>> query) {
        HttpResponse<InputStream> response = send(path, query, "text/event-stream", null);
        if (response.statusCode() != 200) {
            check(response.statusCode() == 404 ? 500 : response.statusCode(), body(response));
        }
        return response.body();
    }

    private HttpResponse<InputStream> send(
            String path, Map<String, List<String>> query, String accept, @Nullable Duration bound) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path + encode(query)))
                .header("accept", accept);
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        if (bound != null) {
            request.timeout(bound);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException unreachable) {
            throw new CommandFailure(
                    address + " does not respond (" + cause(unreachable) + "); --gateway names the management port");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    private static String cause(IOException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private String body(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new CommandFailure(address + " responds with more than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new CommandFailure(address + " broke off its response");
        }
    }

    private void check(int status, String body) {
        if (status == 401 || status == 403) {
            throw new CommandFailure(address + " requires a token (--token-file)");
        }
        if (status != 200) {
            throw new CommandFailure(address + " responds " + status + detail(body));
        }
    }

    private static String detail(String body) {
        try {
            String detail = new JsonObject(body).getString("detail");
            return detail == null ? "" : ": " + detail;
        } catch (DecodeException | ClassCastException otherThanJson) {
            return "";
        }
    }

    private static String encode(Map<String, List<String>> query) {
        List<String> pairs = new ArrayList<>();
        query.forEach((name, values) ->
                values.forEach(value -> pairs.add(name + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8))));
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
}
