package dev.clew.journal;

import dev.clew.journal.AttemptEntry.Connection;
import dev.clew.journal.AttemptEntry.Times;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The cost of the journal for one request: its entry made and offered to a full journal. {@code gc.alloc.rate.norm} is
 * the memory allocated for it, in bytes. Of the times, read the median ({@code p0.50}).
 *
 * <pre>
 * ./mvnw -q process-test-classes org.codehaus.mojo:exec-maven-plugin:3.5.1:exec -Dexec.executable=java \
 *     -Dexec.classpathScope=test -Dexec.args="-cp %classpath dev.clew.journal.JournalBenchmark"
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class JournalBenchmark {

    private static final long SIZE = 16 << 20;
    private static final int LOOPS = 4;

    /** Long enough for the clock, and short enough to run mostly undisturbed by other processes. */
    private static final int BATCH = 1 << 9;

    private final Place place = new Place("acme", "orders", "/orders/**", "orders");
    private final @Nullable Circumstances circumstances =
            Entries.entry().worth(Worth.FAILED).build().circumstances();
    private Journal journal = Journal.disabled();
    private long time;

    @Setup
    public void fill() {
        journal = new Journal(SIZE, LOOPS);
        for (int i = 0; i < 200; i++) {
            ordinary();
            kept();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void ordinary() {
        for (int i = 0; i < BATCH; i++) {
            journal.offer(0, entry(Worth.ORDINARY, null));
        }
    }

    /** Without the gathering of the circumstances. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void kept() {
        for (int i = 0; i < BATCH; i++) {
            journal.offer(0, entry(Worth.FAILED, circumstances));
        }
    }

    private JournalEntry entry(Worth worth, @Nullable Circumstances kept) {
        time += 1_000_000;
        Times times = new Times(0, AttemptEntry.NONE, AttemptEntry.NONE, AttemptEntry.NONE, 900_000, 950_000);
        AttemptEntry attempt = new AttemptEntry(
                "00f067aa0ba902b7", "10.0.3.8", 8080, times, Connection.REUSED, 200, null, null, null, null, false);
        return new JournalEntry(
                new TraceIds("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "", true, null, null),
                place,
                new Subject("shop.example.com", "GET", null, "1.1", null),
                new Outcome(time, 1_000_000, 200, null, null, null, 0, 120),
                worth,
                List.of(attempt),
                kept);
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(JournalBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
