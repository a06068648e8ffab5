package dev.clew.route;

import dev.clew.tenant.host.HostName;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.host.HostTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The cost of finding one request's route: host lookup, path normalisation, route match. Tenants have ten routes each;
 * requests are spread evenly over {@code busyTenants} of them.
 *
 * <p>The cost for the same busy tenants must not grow with the number of idle ones: the work is the same. With all
 * tenants busy the tables no longer fit the processor's caches, which shows the cost of memory, not of the algorithm.
 *
 * <p>Read the median ({@code p0.50}): unlike the mean it does not depend on other load of the machine.
 *
 * <pre>
 * ./mvnw -q process-test-classes org.codehaus.mojo:exec-maven-plugin:3.5.1:exec -Dexec.executable=java \
 *     -Dexec.classpathScope=test -Dexec.args="-cp %classpath dev.clew.route.RouteLookupBenchmark"
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class RouteLookupBenchmark {

    private static final List<String> PATTERNS = List.of(
            "/",
            "/health",
            "/orders",
            "/orders/{id}",
            "/orders/{id}/items/**",
            "/catalog/**",
            "/catalog/search",
            "/users/{id}",
            "/users/me",
            "/static/**");
    private static final List<String> PATHS = List.of(
            "/",
            "/orders",
            "/orders/81723",
            "/orders/81723/items/4",
            "/catalog/shoes/red/42",
            "/users/me",
            "/static/css/site.css");

    /** The number of requests, a power of two. */
    private static final int REQUESTS = 1 << 14;

    /** A batch long enough for the clock, and short enough to run mostly undisturbed by other processes. */
    private static final int BATCH = 1 << 9;

    @Param({"10", "1000", "10000"})
    public int tenants;

    @Param({"10", "all"})
    public String busyTenants;

    private HostTable<RouteTable<String>> hosts;

    private String[] hostHeaders;

    private String[] paths;
    private int next;

    @Setup
    public void build() {
        HostTable.Builder<RouteTable<String>> builder = HostTable.builder();
        for (int i = 0; i < tenants; i++) {
            RouteTable<String> routes = routes();
            builder.add(HostPattern.parse(name(i) + ".localhost"), routes);
            builder.add(HostPattern.parse("*." + name(i) + ".example.com"), routes);
        }
        hosts = builder.build();
        int busy = busyTenants.equals("all") ? tenants : Integer.parseInt(busyTenants);
        SplittableRandom random = new SplittableRandom(1);
        hostHeaders = new String[REQUESTS];
        paths = new String[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            String tenant = name(random.nextInt(busy) * (tenants / busy));
            hostHeaders[i] = random.nextBoolean() ? tenant + ".localhost" : "w." + tenant + ".example.com";
            paths[i] = PATHS.get(random.nextInt(PATHS.size()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void hostPathAndRoute(Blackhole found) {
        for (int i = 0; i < BATCH; i++) {
            found.consume(oneRequest(next++ & (REQUESTS - 1)));
        }
    }

    private Match<String> oneRequest(int i) {
        // The host is a new string, without a computed hash, as in a received request.
        String host = HostName.normalise(new String(hostHeaders[i]));
        RequestPath.Parsed.Ok path = (RequestPath.Parsed.Ok) RequestPath.parse(paths[i]);
        return hosts.find(host).match("GET", path.path().matched(), Facts.NONE);
    }

    /** Returns a name of the same length for any number of tenants: longer hosts cost more. */
    private static String name(int tenant) {
        return "tenant-" + (10_000 + tenant);
    }

    private static RouteTable<String> routes() {
        List<RouteTable.Entry<String>> routes = new ArrayList<>();
        for (String pattern : PATTERNS) {
            routes.add(new RouteTable.Entry<>(
                    pattern,
                    new RouteMatch(PathPattern.parse(pattern), Set.of("GET", "POST"), Conditions.NONE),
                    pattern));
        }
        return RouteTable.of(routes);
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(RouteLookupBenchmark.class.getName())
                        .build())
                .run();
    }
}
