package dev.clew.contract.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test of the packaged gateway if Vert.x warned of a blocked event loop, and its class if an event loop waited,
 * slept or did I/O for any duration, as shown by an {@link EventLoopRecording}.
 */
public final class NeverBlocked implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private Optional<EventLoopRecording> recording = Optional.empty();

    /** Starts the recording here, not before all tests: only now is the gateway certain to run. */
    @Override
    public void beforeEach(ExtensionContext context) {
        if (isPackaged(context) && recording.isEmpty()) {
            recording = EventLoopRecording.start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (isPackaged(context)) {
            ((Contract) context.getRequiredTestInstance()).world.assertNoEventLoopBlocked();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> found = recording.map(EventLoopRecording::stop).orElse(List.of());
        recording = Optional.empty();
        assertEquals(List.of(), found, "waits of event loops");
    }

    private static boolean isPackaged(ExtensionContext context) {
        return context.getRequiredTestClass().isAnnotationPresent(QuarkusIntegrationTest.class);
    }
}
