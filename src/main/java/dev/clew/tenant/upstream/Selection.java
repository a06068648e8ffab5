package dev.clew.tenant.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rules that select an upstream's endpoint for a request.
 *
 * @param check the active health check; null for none
 * @param lookUpEvery the interval of DNS look-ups of endpoints; a resolver may respond from its cache for the record's
 *     time to live
 * @param circuitBreaker rejects requests to all endpoints
 */
public record Selection(
        Balancing balancing,
        @Nullable HealthCheck check,
        Ejection ejection,
        Duration lookUpEvery,
        CircuitBreaker circuitBreaker) {

    public static final Selection STANDARD =
            new Selection(Balancing.STANDARD, null, Ejection.NEVER, Duration.ofSeconds(5), CircuitBreaker.STANDARD);
}
