package dev.clew.tenant.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which of an upstream's addresses a request goes to.
 *
 * @param check asks each address whether it is well; null for never
 * @param lookUpEvery how often the names of endpoints are looked up anew; what a resolver has cached it may answer with
 *     for the record's time to live
 * @param circuitBreaker when it goes to none of them
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
