package dev.clew.contract.world;

import static io.restassured.RestAssured.given;

import dev.clew.testing.Await;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import java.util.Arrays;

/** The gateway's management port. */
public record Metrics(int managementPort) {

    private static final int PATIENCE_MILLIS = (int) Await.PATIENCE.toMillis();
    private static final RestAssuredConfig CONFIG = RestAssuredConfig.config()
            .httpClient(HttpClientConfig.httpClientConfig()
                    .setParam("http.connection.timeout", PATIENCE_MILLIS)
                    .setParam("http.socket.timeout", PATIENCE_MILLIS));

    /** Returns the sum of all samples with this name and all of these labels, such as {@code route="hand"}. */
    public double sum(String name, String... labels) {
        return get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public void awaitNoneActive() {
        Await.until("end of the active requests", () -> sum("clew_requests_active") == 0);
    }

    /** Returns the status of the readiness probe. */
    public int readiness() {
        return get("/q/health/ready").statusCode();
    }

    /** Returns the status of the liveness probe. */
    public int liveness() {
        return get("/q/health/live").statusCode();
    }

    /** Returns the response to a path of the management port. */
    public String page(String path) {
        return get(path).asString();
    }

    private Response get(String path) {
        return given().baseUri("http://127.0.0.1:" + managementPort)
                .config(CONFIG)
                .when()
                .get(path);
    }
}
