package dev.clew.config.tenant;

import static dev.clew.config.TenantFiles.VALID;
import static dev.clew.config.TenantFiles.problems;
import static dev.clew.config.TenantFiles.problemsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.TenantFiles;
import dev.clew.tenant.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of problem, with its exact message. */
class TenantFileProblemsTest {

    private static final String ALIAS =
            "a value that starts with * must be quoted, such as \"*.example.com\" (YAML aliases are rejected)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            suspended: false     | suspendd: false        | 2: suspendd: unknown key (did you mean "suspended"?)
            suspended: false     | match: {path-prefix: acme} | 2: match.path-prefix: "acme" (expected: a path that starts with "/")
            suspended: false     | match: {path-prefix: /a/} | 2: match.path-prefix: "/a/" (expected: literal segments such as /acme, without a slash at the end, of at most 256 characters)
            suspended: false     | match: {path-prefix: /a, header: {name: b, value: c}} | 2: match.path-prefix: beside header (expected: one of the two)
            suspended: false     | match: {header: {name: b}} | 2: match.header.value: missing (expected: a value)
            connections: 32      | conections: 32         | 11: upstreams.orders.conections: unknown key (did you mean "connections"?)
            suspended: false     | keep: {errors: true}   | 2: keep: unknown key (it stands at tracing.keep; expected: one of access-log, authentication, hosts, limits, match, networks, routes, suspended, tls, tracing, upstreams)
            suspended: false     | suspended: maybe       | 2: suspended: "maybe" (expected: true or false)
            suspended: false     | suspended: YES         | 2: suspended: "YES" (expected: true or false)
            suspended: false     | suspended: [true]      | 2: suspended: a list (expected: a single value)
            suspended: false     | suspended:             | 2: suspended: empty (expected: a single value)
            suspended: false     | suspended: !!str no    | 2: suspended: "no" (expected: true or false)
            suspended: false     | suspended: !x no       | 2: suspended: a YAML tag (expected: a value without one)
            suspended: false     | hosts: [a]             | 2: hosts: given twice (expected: once; first on line 1)
            inbound: preserve    | inbound: preserved     | 4: tracing.inbound: "preserved" (expected: one of preserve, preserve-id, restart); the default is used
            ratio: 0.25          | ratio: 1.01            | 5: tracing.sampling.ratio: "1.01" (expected: a number from 0 to 1); the default is used
            ratio: 0.25          | ratio: -0.1            | 5: tracing.sampling.ratio: "-0.1" (expected: a number from 0 to 1); the default is used
            ratio: 0.25          | ratio: NaN             | 5: tracing.sampling.ratio: "NaN" (expected: a number from 0 to 1); the default is used
            10M                  | -1                     | 6: limits.request-body: "-1" (expected: a size in bytes such as 512, 64K, 10M or 1G, or unlimited)
            10M                  | 10MB                   | 6: limits.request-body: "10MB" (expected: a size in bytes such as 512, 64K, 10M or 1G, or unlimited)
            connect: 500ms       | connect: 500           | 10: upstreams.orders.timeout.connect: "500" (expected: a duration such as 500ms, 5s, 2m or 1h)
            connect: 500ms       | connect: 25h           | 10: upstreams.orders.timeout.connect: "25h" (expected: a duration from 1ms to 24h)
            connect: 500ms       | connect: 0s            | 10: upstreams.orders.timeout.connect: "0s" (expected: a duration from 1ms to 24h)
            connections: 32      | connections: 0         | 11: upstreams.orders.connections: "0" (expected: a whole number from 1 to 65535)
            connections: 32      | connections: many      | 11: upstreams.orders.connections: "many" (expected: a whole number from 1 to 65535)
            pending-requests: 8  | pending-requests: -8   | 12: upstreams.orders.pending-requests: "-8" (expected: a whole number from 0 to 1000000)
            pending-requests: 8  | propagate: jaeger      | 12: upstreams.orders.propagate: "jaeger" (expected: one of w3c, b3, b3multi, none); the default is used
            pending-requests: 8  | propagate: W3C         | 12: upstreams.orders.propagate: "W3C" (expected: one of w3c, b3, b3multi, none); the default is used
            attempts: 2,         | attempts: 11,          | 13: upstreams.orders.retry.attempts: "11" (expected: a whole number from 1 to 10)
            attempts: 2,         | ``                     | 13: upstreams.orders.retry.attempts: missing (expected: 2 or more, or no "on")
            503]                 | 500]                   | 13: upstreams.orders.retry.on[1]: "500" (expected: one of connect-failure, reset, timeout, 429, 502, 503, 504)
            ["http://stock"]     | http://stock           | 15: upstreams."stock.v2".endpoints: a single value (expected: a list)
            ["http://stock"]     | []                     | 15: upstreams."stock.v2".endpoints: empty (expected: at least one item)
            "http://stock"       | ftp://stock            | 15: upstreams."stock.v2".endpoints[0]: "ftp://stock" (expected: a URL that starts with http:// or https://)
            "http://stock"       | http://me:pw@stock     | 15: upstreams."stock.v2".endpoints[0]: "…@stock" (expected: a URL without a user or a password)
            "http://stock"       | "http://stock?a=b"     | 15: upstreams."stock.v2".endpoints[0]: "http://stock?…" (expected: a URL without a query or a fragment)
            "http://stock"       | "http://stock#a"       | 15: upstreams."stock.v2".endpoints[0]: "http://stock#a" (expected: a URL without a query or a fragment)
            "http://stock"       | http://stock:65536     | 15: upstreams."stock.v2".endpoints[0]: "http://stock:65536" (expected: a URL with a port from 1 to 65535)
            "http://stock"       | http://stock:eighty    | 15: upstreams."stock.v2".endpoints[0]: "http://stock:eighty" (expected: a URL with a host name or address and a numeric port)
            "http://stock"       | http://stock/a/../b    | 15: upstreams."stock.v2".endpoints[0]: "http://stock/a/../b" (expected: a URL whose path has no empty, '.' or '..' segment)
            "http://stock"       | "http://a b"           | 15: upstreams."stock.v2".endpoints[0]: "http://a b" (expected: a URL such as http://orders:8080)
            endpoints: ["http://stock"] | connections: 1  | 14: upstreams."stock.v2".endpoints: missing (expected: a list of URLs)
            - name: stock        | - name: orders         | 21: routes[1].name: "orders" (expected: each route name once; also routes[0].name)
            - name: stock        | - name: a/b            | 21: routes[1].name: "a/b" (expected: 1 to 63 letters, digits, '-', '_' and '.')
            path: /stock         | methods: [GET]         | 22: routes[1].match.path: missing (expected: a value)
            path: /stock         | path-regex: "/(a"      | 22: routes[1].match.path-regex: "/(a" (expected: a regular expression in the syntax of RE2: missing closing ))
            path: /stock         | path-regex: "((a{99}){99}){99}" | 22: routes[1].match.path-regex: "((a{99}){99}){99}" (expected: fewer or smaller repetitions)
            path: /stock         | path: /stock, path-regex: /a | 22: routes[1].match.path: beside path-regex (expected: one of the two)
            `match: {path: /stock}\n    upstream: stock.v2` | `match: {path-regex: /a}\n    upstream: stock.v2\n    rewrite: {path: /**}` | 24: routes[1].rewrite.path: "/**" (expected: no "**", because the route's path "/a" has none)
            path: /stock         | path: /stock, headers: [{value: a}] | 22: routes[1].match.headers[0].name: missing (expected: a value)
            path: /stock         | path: /stock, headers: [{name: a b}] | 22: routes[1].match.headers[0].name: "a b" (expected: a token of 1 to 128 characters)
            path: /stock         | path: /stock, headers: [{name: A}, {name: a}] | 22: routes[1].match.headers[1].name: again (expected: each name once; also routes[1].match.headers[0].name)
            path: /stock         | path: /stock, query: [{name: a, value: b, regex: b}] | 22: routes[1].match.query[0].regex: beside value (expected: one of the two)
            methods: [GET, POST] | methods: [GET, Post]   | 18: routes[0].match.methods[1]: "Post" (expected: one of COPY, DELETE, GET, HEAD, LOCK, MKCOL, MOVE, OPTIONS, PATCH, POST, PROPFIND, PROPPATCH, PUT, REPORT, SEARCH, TRACE, UNLOCK)
            upstream: orders     | upstream: order        | 19: routes[0].upstream: "order" is no upstream of this tenant (did you mean "orders"?)
            upstream: orders     | upstream: zzzzzz       | 19: routes[0].upstream: "zzzzzz" is no upstream of this tenant (expected: one of orders, stock.v2)
            upstream: stock.v2   | tracing: {sampling: {ratio: 1}} | 21: routes[1].upstream: missing (expected: an upstream's name, or in its place split, redirect or respond)
            upstream: stock.v2   | `upstream: stock.v2\n    retry: {attempts: 2}` | 24: routes[1].retry: unknown key (it stands at upstreams.*.retry; expected: one of authentication, cors, match, mirror, name, networks, redirect, request-headers, respond, response-headers, rewrite, split, sticky, tracing, upstream)
            upstream: stock.v2   | redirect: {status: 301} | 23: routes[1].redirect: leads nowhere (expected: one of scheme, host, port, path)
            upstream: stock.v2   | redirect: {status: 300, path: /} | 23: routes[1].redirect.status: "300" (expected: one of 301, 302, 303, 307, 308)
            upstream: stock.v2   | redirect: {host: A.test} | 23: routes[1].redirect.host: "A.test" (expected: a host name or address in lower case, without a port)
            upstream: stock.v2   | redirect: {path: /**}  | 23: routes[1].redirect.path: "/**" (expected: no "**", because the route's path "/stock" has none)
            upstream: stock.v2   | respond: {body: a}     | 23: routes[1].respond.status: missing (expected: a value)
            upstream: stock.v2   | respond: {status: 199} | 23: routes[1].respond.status: "199" (expected: a whole number from 200 to 599)
            upstream: stock.v2   | respond: {status: 204, body: a} | 23: routes[1].respond.body: "a" (expected: none with status 204)
            upstream: orders     | respond: {status: 204} | 20: routes[0].rewrite: without an upstream\
             (expected: none, nothing is forwarded)
            upstream: stock.v2   | `upstream: stock.v2\n    request-headers: {set: {Host: a}}` | 24:\
             routes[1].request-headers.set.Host: "Host"\
             (expected: a field that is neither about the connection nor set by the gateway)
            upstream: stock.v2   | `upstream: stock.v2\n    request-headers: {remove: [te]}` | 24:\
             routes[1].request-headers.remove[0]: "te"\
             (expected: a field that is neither about the connection nor set by the gateway)
            upstream: stock.v2   | `upstream: stock.v2\n    request-headers: {set: {x-a: "é"}}` | 24: routes[1].request-headers.set.x-a: "é" (expected: a field value of 1 to 4096 printable ASCII characters)
            upstream: stock.v2   | `upstream: stock.v2\n    response-headers: {set: {x-a: b}, remove: [X-A]}` | 24: routes[1].response-headers.remove[0]: again (expected: each name once; also routes[1].response-headers.set.x-a)
            upstream: stock.v2   | split: [{upstream: orders, weight: 0}] | 23: routes[1].split: over [orders] (expected: 1 to 16 upstreams, each once, and not all of weight 0)
            upstream: stock.v2   | split: [{upstream: orders}, {upstream: order}] | 23: routes[1].split[1].upstream: "order" is no upstream of this tenant (did you mean "orders"?)
            upstream: stock.v2   | split: [{weight: 1000001, upstream: orders}] | 23: routes[1].split[0].weight: "1000001" (expected: a whole number from 0 to 1000000)
            upstream: stock.v2   | `upstream: stock.v2\n    split: [{upstream: orders}]` | 24: routes[1].split: beside upstream (expected: one of the two)
            upstream: stock.v2   | `upstream: stock.v2\n    mirror: {upstream: stock.v2}` | 24: routes[1].mirror.upstream: stock.v2 (expected: another upstream than the requests go to)
            upstream: stock.v2   | `upstream: stock.v2\n    mirror: {share: 0.5}` | 24: routes[1].mirror.upstream: missing (expected: a value)
            upstream: stock.v2   | `upstream: stock.v2\n    mirror: {upstream: orders, share: 2}` | 24: routes[1].mirror.share: "2" (expected: a number from 0 to 1)
            upstream: stock.v2   | `upstream: stock.v2\n    mirror: {upstream: orders, body: 2M}` | 24: routes[1].mirror.body: "2M" (expected: a size of at most 1048576 bytes, such as 512 or 64K)
            upstream: stock.v2   | `respond: {status: 200}\n    mirror: {upstream: orders}` | 24: routes[1].mirror:\
             without an upstream (expected: none, nothing is forwarded)
            upstream: stock.v2   | `upstream: stock.v2\n    sticky: {cookie: a}` | 24: routes[1].sticky: without split (expected: none, there is nothing to choose from)
            upstream: stock.v2   | `upstream: stock.v2\n    cors: {credentials: true}` | 24: routes[1].cors.origins: missing (expected: a list of origins)
            upstream: stock.v2   | `upstream: stock.v2\n    cors: {origins: ["*"], credentials: true}` | 24: routes[1].cors: origins: * (expected: named origins with credentials)
            upstream: stock.v2   | `upstream: stock.v2\n    cors: {origins: [a.test]}` | 24: routes[1].cors.origins[0]: "a.test" (expected: an origin such as https://app.example.com or https://*.example.com, in lower case and without its scheme's own port)
            acme.localhost       | acme.localhost:8080    | 1: hosts[0]: "acme.localhost:8080"\
             (expected: no port: a tenant's host applies to every port)
            """)
    void saysWhatIsWrongWhere(String line, String replacement, String problem) {
        assertEquals(List.of("tenants/acme.yaml:" + problem), problemsWith(line, replacement));
    }

    @Test
    void rejectsAHostTwiceInAnotherSpelling() {
        assertEquals(
                List.of("tenants/acme.yaml:1: hosts[1]: \"*.acme.example.com\" (expected: each host once; "
                        + "also hosts[0])"),
                problemsWith("acme.localhost", "\"*.ACME.example.com\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracing", "propagate", "a.tracing.b", "a.propagate"})
    void rejectsAWrongUpstreamWhateverItIsCalled(String name) {
        String key = "upstreams." + (name.contains(".") ? '"' + name + '"' : name);
        String file = VALID.replace("stock.v2", name).replace("http://stock", "ftp://stock");
        assertEquals(
                List.of("tenants/acme.yaml:15: " + key
                        + ".endpoints[0]: \"ftp://stock\" (expected: a URL that starts with http:// or https://)"),
                problems(file));
        assertEquals(
                List.of("tenants/acme.yaml:14: " + key + ": a list (expected: a mapping)"),
                problems(VALID.replace("stock.v2:\n    endpoints: [\"http://stock\"]", name + ":\n    []")
                        .replace("stock.v2", name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "o.r"})
    void toleratesAWrongFormatOfPropagationWhateverTheUpstreamIsCalled(String name) {
        String file = VALID.replace("upstream: orders", "upstream: " + name)
                .replace("  orders:\n", "  " + name + ":\n")
                .replace("pending-requests: 8", "propagate: jaeger");
        assertEquals(1, problems(file).size());
        assertTrue(problems(file).get(0).endsWith("; the default is used"), problems(file)::toString);
    }

    @Test
    void rejectsAPathPatternThatIsNone() {
        List<String> problems = problemsWith("path: /stock", "path: stock");

        assertEquals(1, problems.size());
        String start = "tenants/acme.yaml:22: routes[1].match.path: \"stock\" (expected: ";
        assertEquals(start, problems.get(0).substring(0, start.length()));
    }

    @Test
    void rejectsARewriteThatNamesWhatThePathDoesNot() {
        List<String> problems = problemsWith("/v1/{id}/**", "/v1/{no}/**");

        assertEquals(1, problems.size());
        String start = "tenants/acme.yaml:20: routes[0].rewrite.path: \"/v1/{no}/**\" (expected: ";
        assertEquals(start, problems.get(0).substring(0, start.length()));
    }

    @Test
    void saysWhichFieldsAreMissing() {
        assertEquals(
                List.of(
                        "tenants/acme.yaml: hosts: missing (expected: a list of host names)",
                        "tenants/acme.yaml: routes: missing (expected: a list with at least one route)"),
                problems("suspended: true"));
    }

    @Test
    void rejectsAnEmptyFile() {
        assertEquals(List.of("tenants/acme.yaml: empty (expected: a YAML mapping)"), problems(""));
        assertEquals(
                List.of("tenants/acme.yaml: empty (expected: a YAML mapping)"), problems("# nothing but a comment\n"));
    }

    @Test
    void rejectsAFileThatIsNoMapping() {
        assertEquals(List.of("tenants/acme.yaml:1:1: a list (expected: a mapping)"), problems("[a, b]"));
        assertEquals(List.of("tenants/acme.yaml:2:1: a single value (expected: a mapping)"), problems("\nacme"));
    }

    @Test
    void namesTheLineOfASyntaxError() {
        assertEquals(
                List.of("tenants/acme.yaml:2:10: not YAML: while parsing a flow sequence, expected ',' or "
                        + "']', but got :"
                        + ": suspended: …"),
                problems("hosts: [a\nsuspended: true\nroutes: {}\n"));
        assertEquals(
                List.of("tenants/acme.yaml:2:12: not YAML: a control character: suspended: …"),
                problems("hosts: [a]\nsuspended: \0\n"));
    }

    @Test
    void explainsAPathThatIsNotQuotedWithinBraces() {
        assertEquals(
                List.of("tenants/acme.yaml:2:32: not YAML: while parsing a flow mapping, expected ',' or '}', but got {"
                        + " (a value that holds { or } must be quoted within {} and [])"),
                problems("routes:\n  - {name: a, match: {path: /a/{id}}, upstream: b}\n"));
    }

    @Test
    void explainsAWildcardThatIsNotQuoted() {
        String expected = ALIAS + ": hosts: …";

        assertEquals(
                List.of("tenants/acme.yaml:1:26: " + expected),
                problemsWith("\"*.acme.example.com\"", "*.acme.example.com"));
        assertEquals(List.of("tenants/acme.yaml:1:25: " + expected), problemsWith("\"*.acme.example.com\"", "*acme"));
    }

    @Test
    void rejectsAliases() {
        assertEquals(
                List.of("tenants/acme.yaml:4:5: " + ALIAS),
                problems(VALID.replace("hosts: [acme.localhost,", "hosts:\n  [&a\n    acme.localhost,\n    *a,")));
    }

    @Test
    void rejectsWhatIsNotUtf8() {
        List<Problem> found = new ArrayList<>();
        TenantFiles.read("hosts: [caf\u00e9]".getBytes(StandardCharsets.ISO_8859_1), Map.of(), found);

        assertEquals(
                List.of(new Problem("tenants/acme.yaml", 0, "", "not UTF-8 text (expected: a YAML file in UTF-8)")),
                found);
    }

    @Test
    void rejectsAFileOf10Megabytes() {
        byte[] large = new byte[10_000_000];
        Arrays.fill(large, (byte) '#');
        List<Problem> found = new ArrayList<>();
        TenantFiles.read(large, Map.of(), found);

        assertEquals(
                List.of(new Problem("tenants/acme.yaml", 0, "", "larger than 1 MiB (expected: a smaller file)")),
                found);
    }

    @Test
    void reportsAllMistakesAtOnceAndNoneTwice() {
        assertEquals(
                List.of(
                        "tenants/acme.yaml:3: upstreams.orders.endpoint: unknown key (did you mean \"endpoints\"?)",
                        "tenants/acme.yaml:5: routes[0]: empty (expected: a mapping)",
                        "tenants/acme.yaml:1: hosts[0]: \"a:1\" (expected: no port: a tenant's host applies"
                                + " to every port)",
                        "tenants/acme.yaml:7: routes[1].match.path: missing (expected: a value)"),
                problems(
                        """
                        hosts: ["a:1", b]
                        upstreams:
                          orders: {endpoint: "http://a"}
                        routes:
                          - {}
                          - name: a
                            match: {methods: [GET]}
                            upstream: orders
                        """));
    }

    @Test
    void neverShowsAValueFromTheEnvironment() {
        Map<String, String> environment = Map.of("SECRET", "hunter2");
        String url = VALID.replace("http://stock", "http://me:${SECRET}@stock");
        String upstream = VALID.replace("upstream: orders", "upstream: \"${SECRET}\"");
        String path = VALID.replace("path: /stock", "path: \"${SECRET}\"");

        assertEquals(
                List.of("tenants/acme.yaml:15: upstreams.\"stock.v2\".endpoints[0]: the value from the environment"
                        + " (expected: a URL without a user or a password)"),
                problems(url, environment));
        for (String file : List.of(url, upstream, path)) {
            List<String> found = problems(file, environment);
            assertEquals(1, found.size());
            assertFalse(found.get(0).contains("hunter2"), found.get(0));
        }
    }

    @Test
    void rejectsAVariableThatIsNotSet() {
        assertEquals(
                List.of("tenants/acme.yaml:6: limits.request-body: \"${NO_SUCH}\""
                        + " (expected: a variable that is set, or a default as in ${NAME:default})"),
                problemsWith("10M", "\"${NO_SUCH}\""));
    }
}
