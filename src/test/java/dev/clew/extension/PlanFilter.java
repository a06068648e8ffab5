package dev.clew.extension;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Adds the caller's plan, as a service knows it, to the request. */
@Singleton
public class PlanFilter implements RequestFilter {

    private static final String HEADER = "x-customer";
    private static final Map<String, String> PLANS = Map.of("c-1", "gold", "c-2", "basic");

    private final Tracer tracer;

    PlanFilter(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Place place() {
        return Place.BEFORE_LIMITS;
    }

    @Override
    public void filter(FilteredRequest request) {
        String customer = request.http().getHeader(HEADER);
        if (customer == null) {
            request.proceed();
            return;
        }
        // A child of the request's SERVER span, with the tenant as attribute.
        Span span = tracer.spanBuilder("look up plan").startSpan();
        CompletableFuture.supplyAsync(Context.current().with(span).wrapSupplier(() -> lookUp(customer)))
                .whenComplete((plan, failure) -> {
                    span.end();
                    if (plan == null) {
                        request.reject("The customer is unknown.");
                    } else {
                        request.http().headers().set("x-plan", plan);
                        request.proceed();
                    }
                });
    }

    private static String lookUp(String customer) {
        return PLANS.get(customer);
    }
}
