package dev.clew.contract.world;

import dev.clew.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;

/** What the gateway's management port says of it. */
public record Metrics(int managementPort) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** The sum of all samples with this name and all of these labels, such as {@code route="hand"}. */
    public double sum(String name, String... labels) {
        return get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public void awaitNoneActive() {
        Await.until("moment without a request", () -> sum("clew_requests_active") == 0);
    }

    /** The status of the readiness probe. */
    public int readiness() {
        return get("/q/health/ready").statusCode();
    }

    /** The status of the liveness probe. */
    public int liveness() {
        return get("/q/health/live").statusCode();
    }

    /** What is answered to a path of the management port. */
    public String page(String path) {
        return get(path).body();
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                .timeout(Await.PATIENCE)
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("management port", e);
        }
    }
}
