package dev.clew.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.runtime.PreventFurtherStepsException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailedStartTest {

    private static Throwable start(Throwable cause) {
        return new RuntimeException(
                "Failed to start quarkus", new RuntimeException("Unable to start HTTP " + "server", cause));
    }

    private static @Nullable String line(Throwable failure) {
        return FailedStart.line(failure, () -> 8080);
    }

    @Test
    void aPortInUseIsNamedWithItsSetting() {
        assertEquals(
                "port 8080 is in use by another process: stop that, or choose another port with QUARKUS_HTTP_PORT, or"
                        + " QUARKUS_HTTP_SSL_PORT for TLS",
                line(start(new BindException("bind(..) failed with error(-98): Address already in use"))));
        Throwable management = new IllegalStateException(
                "Unable to start the management interface on 0.0.0.0:9000",
                new BindException("bind(..) failed with error(-98): Address already in use"));
        assertEquals(
                "port 9000 is in use by another process: stop that, or choose another port with"
                        + " QUARKUS_MANAGEMENT_PORT",
                line(start(management)));
    }

    @Test
    void whatHasBeenSaidIsNotRepeated() {
        assertEquals("", line(start(new PreventFurtherStepsException(1))));
    }

    @Test
    void anotherFailureIsNoMistakeOfTheOperator() {
        assertNull(line(start(new IllegalStateException("broken"))));
        assertNull(line(start(new IllegalStateException(
                "Unable to start the management interface on 0.0.0.0:9000", new IllegalStateException("other")))));
    }
}
