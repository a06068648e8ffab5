package dev.clew.gateway;

import dev.clew.export.Destination;
import dev.clew.export.Exports;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The states of telemetry destinations in {@code /q/health}. Always up, and in no probe: the gateway serves as well
 * without a telemetry backend.
 */
@Wellness
@ApplicationScoped
public class TelemetryHealth implements HealthCheck {

    private final Exports exports;

    TelemetryHealth(Exports exports) {
        this.exports = exports;
    }

    private static void other(HealthCheckResponseBuilder check, @Nullable Destination<?> destination) {
        if (destination != null) {
            check.withData(
                    destination.settings().label(), destination.state().name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check =
                HealthCheckResponse.named("Telemetry destinations").up();
        for (Destination<?> destination : exports.destinations()) {
            check.withData(destination.name(), destination.state().name().toLowerCase(Locale.ROOT));
        }
        other(check, exports.others().logs());
        other(check, exports.others().metrics());
        return check.build();
    }
}
