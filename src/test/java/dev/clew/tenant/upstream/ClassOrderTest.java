package dev.clew.tenant.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard settings are complete, whichever class of theirs is used first. */
class ClassOrderTest {

    @ParameterizedTest
    @ValueSource(strings = {"CircuitBreaker$FailureRatio", "RetryPolicy$BackOff", "RetryPolicy$Budget", "Selection"})
    void theStandardIsCompleteIfOneOfItsPartsIsUsedFirst(String part) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PartFirst.class.getName(),
                        part)
                .inheritIO()
                .start();
        process.waitFor(60, TimeUnit.SECONDS);
        assertEquals(0, process.exitValue());
    }

    /** Runs in a process of its own, in which no class has been used before. */
    static final class PartFirst {

        public static void main(String[] part) throws ClassNotFoundException {
            Class.forName(PartFirst.class.getPackageName() + "." + part[0]);
            boolean complete = CircuitBreaker.STANDARD.failureRatio() != null
                    && RetryPolicy.NONE.backOff() != null
                    && RetryPolicy.NONE.budget() != null
                    && Selection.STANDARD.circuitBreaker().failureRatio() != null;
            System.exit(complete ? 0 : 1);
        }
    }
}
