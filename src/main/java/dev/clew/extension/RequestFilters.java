package dev.clew.extension;

import dev.clew.exchange.RoutedRequest;
import dev.clew.export.sdk.RequestContext;
import dev.clew.extension.RequestFilter.Place;
import dev.clew.filter.LimitFilter;
import io.opentelemetry.context.Scope;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the operator's filters of one place, in their order. */
public final class RequestFilters implements Handler<RoutingContext> {

    private final List<RequestFilter> filters;
    private final AtomicInteger waiting = new AtomicInteger();

    private RequestFilters(List<RequestFilter> filters) {
        this.filters = filters;
    }

    /** Returns the filters of a place; several with the same order run in the order of their class names. */
    public static RequestFilters at(Place place, Collection<RequestFilter> all) {
        return new RequestFilters(all.stream()
                .filter(each -> each.place() == place)
                .sorted(Comparator.comparingInt(RequestFilter::order)
                        .thenComparing(each -> each.getClass().getName()))
                .toList());
    }

    public boolean isEmpty() {
        return filters.isEmpty();
    }

    @Override
    public void handle(RoutingContext context) {
        RoutedRequest request = RoutedRequest.of(context);
        if (request.tenant().account().admits()) {
            run(context, request, 0);
        } else {
            request.exchange().fail(LimitFilter.overloaded());
        }
    }

    private void run(RoutingContext context, RoutedRequest request, int index) {
        if (index == filters.size()) {
            context.next();
            return;
        }
        FilteredRequest filtered = new FilteredRequest(request, () -> run(context, request, index + 1), waiting);
        Scope current = RequestContext.of(request).makeCurrent();
        try {
            filters.get(index).filter(filtered);
        } catch (RuntimeException | Error failure) {
            filtered.leave();
            context.fail(failure);
            return;
        } finally {
            current.close();
        }
        filtered.await();
    }
}
