package dev.clew.contract.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.CallUpstream;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.IssuerFiles;
import dev.clew.contract.world.Issuers;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.Tokens;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that requests without valid credentials reach no upstream, and that upstreams learn the caller's identity from
 * the gateway only.
 */
@ExtendWith(NeverBlocked.class)
abstract class AuthenticationContract extends Contract {

    Issuers issuers;

    private static Call call(String target) {
        return Call.get(target).host(IssuerFiles.HOST);
    }

    private static Call bearing(String target, String token) {
        return call(target).header("Authorization", "Bearer " + token);
    }

    private String token() {
        return issuers.steady.sign(Issuers.claims("ada"));
    }

    private static Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = new HashMap<>(Issuers.claims("ada"));
        claims.put(claim, value);
        return claims;
    }

    /** Waits until the key sets have been fetched; the fetch begins at the start. */
    private void awaitKeys() {
        Await.until("keys", () -> send(bearing("/users/fence", token())).status() == 200);
    }

    @Test
    void aTokenThatHoldsPassesAndTheUpstreamIsToldWhoseItIs() {
        awaitKeys();
        String token = token();
        Seen seen = send(bearing("/users/x", token)
                        .header("X-User", "eve")
                        .header("x_user", "eve")
                        .header("X-Scopes", "all"))
                .echoed();

        assertEquals(List.of("ada"), seen.all("x-user"));
        assertEquals(List.of(), seen.all("x_user"));
        assertEquals(List.of("orders:read orders:write"), seen.all("x-scopes"));
        assertEquals(List.of("Bearer " + token), seen.all("authorization"));
    }

    @Test
    void noCredentialIs401WithAChallenge() {
        RawResponse response = send(call("/users/x")).assertProblem(401, "credentials-missing");

        assertEquals("Bearer realm=\"users\"", response.one("www-authenticate"));
        assertEquals(
                "Bearer realm=\"users\", ApiKey realm=\"partners\"",
                send(call("/either/x")).one("www-authenticate"));
        send(call("/users/x").header("Authorization", "Basic YTpi")).assertProblem(401, "credentials-missing");
    }

    @Test
    void aTokenThatDoesNotHoldIs401() {
        awaitKeys();
        Tokens stranger = Tokens.rsa("steady");
        long now = System.currentTimeMillis() / 1000;
        for (String token : List.of(
                "nonsense",
                stranger.sign(Issuers.claims("ada")),
                issuers.steady.sign(with("exp", now - 60)),
                issuers.steady.sign(with("nbf", now + 120)),
                issuers.steady.sign(with("iss", "https://other.test")),
                issuers.steady.sign(with("aud", "elsewhere")))) {
            RawResponse response = send(bearing("/users/" + marker(), token)).assertProblem(401, "credentials-invalid");
            assertEquals("Bearer realm=\"users\", error=\"invalid_token\"", response.one("www-authenticate"));
        }
        send(bearing("/users/x", token()).header("Authorization", "Bearer " + token()))
                .assertProblem(401, "credentials-invalid");
    }

    @Test
    void aRejectedRequestDoesNotReachTheUpstream() {
        String marker = marker();
        send(call("/users/" + marker)).assertProblem(401, "credentials-missing");
        send(Call.post("/users/" + marker, "body").host(IssuerFiles.HOST)).assertProblem(401, "credentials-missing");

        assertTrue(world.echo().seen().stream().noneMatch(seen -> seen.uri().contains(marker)));
    }

    @Test
    void anApiKeyPassesAndItsNameGoesUpstreamInItsPlace() {
        Seen seen = send(call("/partners/x")
                        .header("X-Api-Key", Issuers.API_KEY)
                        .header("X-Partner", "umbrella"))
                .echoed();

        assertEquals(List.of("initech"), seen.all("x-partner"));
        assertEquals(List.of(), seen.all("x-api-key"));
        RawResponse rejected = send(call("/partners/x").header("X-Api-Key", Issuers.API_KEY + "0"))
                .assertProblem(401, "credentials-invalid");
        assertEquals("ApiKey realm=\"partners\"", rejected.one("www-authenticate"));
    }

    @Test
    void oneOfSeveralCredentialsSufficesAndATokenThatNobodyCheckedEndsHere() {
        Seen seen = send(bearing("/either/x", "nonsense").header("X-Api-Key", Issuers.API_KEY))
                .echoed();

        assertEquals(List.of("initech"), seen.all("x-partner"));
        assertEquals(List.of(), seen.all("authorization"));
    }

    @Test
    void nobodyCanPoseAsACallerWhereNoneIsAskedFor() {
        Seen seen = send(call("/open/x")
                        .header("X-User", "eve")
                        .header("X_USER", "eve")
                        .header("X-Partner", "initech")
                        .header("X-Api-Key", Issuers.API_KEY)
                        .header("Client-Cert", ":AAAA:")
                        .header("Client_Cert_Chain", ":AAAA:")
                        .header("Authorization", "Basic YTpi"))
                .echoed();

        for (String name : List.of("x-user", "x_user", "x-partner", "x-api-key", "client-cert", "client_cert_chain")) {
            assertEquals(List.of(), seen.all(name), name);
        }
        assertEquals(List.of("Basic YTpi"), seen.all("authorization"));
    }

    @Test
    void whoMayNotDoItIs403() {
        awaitKeys();
        send(bearing("/writers/x", token())).echoed();
        RawResponse other = send(bearing("/writers/x", issuers.steady.sign(Issuers.claims("bob"))))
                .assertProblem(403, "access-denied");
        assertEquals("Bearer realm=\"users\", error=\"insufficient_scope\"", other.one("www-authenticate"));
        send(bearing("/writers/x", issuers.steady.sign(with("scope", "orders:writer"))))
                .assertProblem(403, "access-denied");
    }

    @Test
    void keysFromAFileNeedNoServerAndATokenIsKeptFromTheUpstream() {
        Seen seen = send(bearing("/filed/x", issuers.filed.sign(Issuers.claims("ada"))))
                .echoed();

        assertEquals(List.of(), seen.all("authorization"));
    }

    @Test
    void aTokenOfARotatedKeyWaitsForTheNewKeys() {
        Await.until("keys", () -> send(bearing("/rotating/fence", token())).status() == 200);
        Tokens next = Tokens.ec("next" + marker());
        issuers.tell("rotating", Tokens.keySet(issuers.steady, next));
        String token = next.sign(Issuers.claims("ada"));

        RawResponse body = send(Call.post("/rotating/x", "a body that waits, too")
                .host(IssuerFiles.HOST)
                .header("Authorization", "Bearer " + token));
        assertEquals("a body that waits, too", body.echoed().body());
        send(bearing("/rotating/x", token)).echoed();
    }

    /** The route also accepts tokens of another issuer, which does not have the key either. */
    @Test
    void theNewKeysOfEachIssuerAreWaitedFor() {
        Await.until("keys", () -> send(bearing("/two/fence", token())).status() == 200);
        Tokens next = Tokens.ec("next" + marker());
        issuers.tell("rotating", Tokens.keySet(issuers.steady, next));

        send(bearing("/two/x", next.sign(Issuers.claims("ada")))).echoed();
    }

    @Test
    void tokensOfUnknownKeysDoNotMakeTheGatewayAskAgainAndAgain() {
        awaitKeys();
        int asked = issuers.asked("steady");
        for (int i = 0; i < 20; i++) {
            send(bearing("/users/x", Tokens.ec("unknown" + i).sign(Issuers.claims("ada"))))
                    .assertProblem(401, "credentials-invalid");
        }
        assertTrue(issuers.asked("steady") <= asked + 1, "at most one fetch during the cool-down");
    }

    @Test
    void theLastKeysHoldWhileTheServerFailsAndTheOperatorIsTold() {
        Await.until("keys", () -> send(bearing("/dying/fence", token())).status() == 200);
        issuers.tell("dying", "");
        Metrics metrics = new Metrics(world.managementPort());
        Await.until("stale key set", () -> state(metrics, "dying").equals("stale"));

        send(bearing("/dying/x", issuers.steady.sign(Issuers.claims("bob")))).echoed();
        assertTrue(metrics.sum("clew_key_sets", "state=\"stale\"") >= 1);
        assertTrue(metrics.sum("clew_key_set_fetches_total", "outcome=\"failure\"") >= 1);
        issuers.tell("dying", Tokens.keySet(issuers.steady));
        Await.until("fresh key set", () -> state(metrics, "dying").isEmpty());
    }

    private static String state(Metrics metrics, String scheme) {
        return new JsonObject(metrics.page("/q/config"))
                .getJsonArray("keySetsFailing").stream()
                        .map(JsonObject.class::cast)
                        .filter(failing -> failing.getString("scheme").equals(scheme))
                        .map(failing -> failing.getString("state"))
                        .findFirst()
                        .orElse("");
    }

    /** Above all, the request's permit of the tenant is released. */
    @Test
    void aClientThatLeavesWhileKeysAreWaitedForLeavesNothingBehind() {
        Metrics metrics = new Metrics(world.managementPort());
        Await.until("timely disconnect", () -> {
            try (RawClient client = connect()) {
                client.send(bearing("/hanging/x", token()));
                metrics.sum("clew_requests_active");
                client.abort();
            }
            metrics.awaitNoneActive();
            return metrics.sum("clew_requests_seconds_count", "route=\"hanging\"", "error=\"client-closed-request\"")
                    > 0;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"hanging", "closing", "garbage"})
    void aServerThatNeverToldItsKeysIs503(String server) {
        RawResponse response = send(bearing("/" + server + "/x", token())).assertProblem(503, "keys-unavailable");

        assertFalse(response.one("retry-after").isEmpty());
        assertEquals("missing", state(new Metrics(world.managementPort()), server));
    }

    @Test
    void aPreflightRequestNeedsNoCredentials() {
        Call preflight = Call.of("OPTIONS", "/pages/x").host(IssuerFiles.HOST).header("Origin", "https://app.test");

        assertEquals(
                204,
                send(preflight.header("Access-Control-Request-Method", "GET")).status());
        RawResponse rejected =
                send(call("/pages/x").header("Origin", "https://app.test")).assertProblem(401, "credentials-missing");
        assertEquals("https://app.test", rejected.one("access-control-allow-origin"));
    }

    @Test
    void aRouteTakesRequestsFromItsNetworksAlone() {
        Call inside = call("/inside/x");
        send(inside).assertProblem(403, "address-refused");
        send(inside.header("X-Forwarded-For", "192.0.2.7")).assertProblem(403, "address-refused");

        assertEquals(
                200,
                sendFrom(TRUSTED_PROXY, inside.header("X-Forwarded-For", "198.51.100.1, 192.0.2.7"))
                        .status());
        assertEquals(
                200,
                sendFrom(TRUSTED_PROXY, inside.header("Forwarded", "for=\"192.0.2.7:80\";by=\"x,y\""))
                        .status());
        for (String forged : List.of("192.0.2.7, 198.51.100.1", "192.0.2.7, unknown", "192.0.2.7, \"", "192.0.2.7%1")) {
            sendFrom(TRUSTED_PROXY, inside.header("X-Forwarded-For", forged)).assertProblem(403, "address-refused");
        }
        sendFrom(TRUSTED_PROXY, inside.header("X-Forwarded-For", "198.51.100.1").header("Forwarded", "for=192.0.2.7"))
                .assertProblem(403, "address-refused");
    }

    @Test
    void aDeniedNetworkGetsNowhereInTheTenant() {
        for (String target : List.of("/open/x", "/inside/x", "/nothing")) {
            sendFrom(TRUSTED_PROXY, call(target).header("X-Forwarded-For", "::ffff:203.0.113.9"))
                    .assertProblem(403, "address-refused");
        }
    }

    private RawResponse grpc(String path, String... credentials) {
        List<String> lines = new ArrayList<>(List.of(
                ":method POST",
                ":scheme http",
                ":authority " + IssuerFiles.HOST,
                ":path " + path,
                "content-type application/grpc",
                "te trailers"));
        lines.addAll(List.of(credentials));
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(0, lines.toArray(String[]::new));
            client.data(stream, Http2Client.END_STREAM, CallUpstream.MESSAGE);
            return assertInstanceOf(Http2Client.Outcome.Responded.class, client.await(stream))
                    .response();
        }
    }

    private static void assertGrpc(String status, RawResponse response) {
        assertEquals(200, response.status(), response::toString);
        assertEquals("application/grpc", response.one("content-type"));
        assertEquals(status, response.one("grpc-status"));
        assertEquals("", response.body());
    }

    /** The gRPC status codes: 16 is UNAUTHENTICATED, 7 PERMISSION_DENIED, 14 UNAVAILABLE. */
    @Test
    void aGrpcCallIsToldInItsOwnWay() {
        awaitKeys();
        String bob = issuers.steady.sign(Issuers.claims("bob"));

        assertGrpc("16", grpc("/users/x"));
        assertGrpc("16", grpc("/users/x", "authorization Bearer nonsense"));
        assertGrpc("16", grpc("/partners/x", "x-api-key " + Issuers.API_KEY + "0"));
        assertGrpc("7", grpc("/writers/x", "authorization Bearer " + bob));
        assertGrpc("7", grpc("/inside/x"));
        assertGrpc("14", grpc("/hanging/x", "authorization Bearer " + bob));
        assertEquals(
                CallUpstream.MESSAGE,
                grpc("/users/x", "authorization Bearer " + bob).echoed().body());
    }

    @Test
    void aSpanTellsHowItEndedAndNothingOfTheCaller() {
        RawResponse response = send(bearing("/users/x", "s3cr3ttoken"));
        Trace trace = trace(response.traceId());

        assertTrue(trace.toString().contains("credentials-invalid"), trace::toString);
        assertFalse(trace.toString().contains("s3cr3ttoken"), trace::toString);
    }
}
