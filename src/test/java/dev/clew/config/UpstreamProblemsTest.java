package dev.clew.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.tenant.TenantReader;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invalid upstreams in a tenant's file, and their messages. */
class UpstreamProblemsTest {

    private static final String FILE =
            """
            hosts: [a.test]
            routes: [{name: all, match: {path: /**}, upstream: a}]
            upstreams: {a: {endpoints: ["http://a", "https://b"], %s}}
            """;

    @TempDir
    Path folder;

    private List<String> problems(String settings) {
        List<Problem> problems = new ArrayList<>();
        problems.addAll(new TenantReader(
                        TenantDefaults.STANDARD, Map.<String, String>of()::get, folder, Set.of("default"))
                .read("a.yaml", new TenantId("a"), FILE.formatted(settings).getBytes(StandardCharsets.UTF_8), null)
                .problems());
        return problems.stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            protocol: h2                            | protocol: h2 (expected: h2 with https endpoints alone, h2c with http endpoints alone)
            protocol: h3                            | protocol: "h3" (expected: one of http1, h2c, h2)
            streams: 0                              | streams: "0" (expected: a whole number from 1 to 65535)
            balancing: {policy: random}             | balancing.policy: "random" (expected: one of round-robin, least-requests, hash)
            balancing: {header: X-User}             | balancing.header: no use (expected: with policy: hash)
            balancing: {policy: hash, header: a, cookie: b} | balancing.cookie: too many keys (expected: header, cookie, or neither)
            balancing: {weights: [1, 2, 3]}         | balancing.weights: 3 of them (expected: one for each of 2 endpoints)
            balancing: {weights: [0, 1]}            | balancing.weights[0]: "0" (expected: a whole number from 1 to 100)
            health-check: {interval: 1s}            | health-check.path: missing (expected: a value)
            health-check: {path: healthz}           | health-check.path: "healthz" (expected: a path such as /healthz)
            health-check: {path: /, statuses: [99]} | health-check.statuses[0]: "99" (expected: a whole number from 200 to 599)
            ejection: {at-most: 2}                  | ejection.at-most: "2" (expected: a number from 0 to 1)
            circuit-breaker: {failure-ratio: 2}     | circuit-breaker.failure-ratio: "2" (expected: a number from 0 to 1)
            circuit-breaker: {half-open-requests: 0} | circuit-breaker.half-open-requests: "0" (expected: a whole number from 1 to 1000)
            timeout: {request: 25h}                 | timeout.request: "25h" (expected: a duration from 1ms to 24h)
            retry: {attempts: 2, buffer: 65K}       | retry.buffer: "65K" (expected: a size of at most 65536 bytes, such as 512 or 64K)
            retry: {attempts: 2, methods: [POST]}   | retry.methods: holds methods that are not idempotent (expected: "unsafe: true" beside them)
            tls: {authorities: none.pem}            | tls.authorities: "none.pem" (expected: a file that can be read)
            tls: {authorities: /etc/hostname}       | tls.authorities: "/etc/hostname" (expected: a path within the configuration's folder)
            tls: {authorities: x/../../up.pem}      | tls.authorities: "x/../../up.pem" (expected: a path within the configuration's folder)
            tls: {authorities: text.pem}            | tls.authorities: "text.pem" (expected: a PEM file of certificates)
            tls: {server-name: 'a b'}               | tls.server-name: "a b" (expected: a host name)
            """)
    void saysWhatIsWrong(String settings, String problem) throws IOException {
        Files.writeString(folder.resolve("text.pem"), "no certificate, but secret");
        assertEquals(List.of("a.yaml:3: upstreams.a." + problem), problems(settings));
    }

    @Test
    void wantsCertificateAndKeyTogether() throws IOException {
        Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nsecret");
        List<String> problems = problems("tls: {key: key.pem}");
        assertTrue(problems.get(0).contains("tls.certificate: missing"), problems::toString);
        assertFalse(problems.toString().contains("secret"), problems::toString);
    }
}
