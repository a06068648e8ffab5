package dev.clew.observe;

import dev.clew.exchange.Exchange;
import dev.clew.rate.TokenBucket;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.tracing.Keep;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/**
 * Holds what is kept to each tenant's budget: an upstream that fails would else fill the export queues with requests
 * that nobody chose.
 */
final class KeptWithin {

    private final TokenBucket ofNobody;
    private final LongAdder errors = new LongAdder();
    private final LongAdder slow = new LongAdder();

    /** @param ofNobody what holds for requests that belong to no tenant */
    KeptWithin(Keep ofNobody, MeterRegistry meters) {
        this.ofNobody = ofNobody.budget();
        register(errors, Ending.KEPT_ERROR, meters);
        register(slow, Ending.KEPT_SLOW, meters);
    }

    private static void register(LongAdder count, String reason, MeterRegistry meters) {
        FunctionCounter.builder("clew.requests.not.kept", count, LongAdder::sum)
                .description(
                        "Failed or slow requests whose spans were not kept, since more came than the budget allows")
                .tag("reason", reason)
                .register(meters);
    }

    /** The ending as it is, or, where the budget is used up, one of a request that is not kept. */
    Ending within(Exchange exchange, Ending ending) {
        String reason = ending.kept();
        if (reason == null) {
            return ending;
        }
        TenantEntry tenant = exchange.tenant();
        TokenBucket budget = tenant == null ? ofNobody : tenant.keepBudget();
        if (budget.tryTake(ending.nanos())) {
            return ending;
        }
        (reason.equals(Ending.KEPT_ERROR) ? errors : slow).increment();
        return ending.notKept();
    }
}
