package dev.clew.contract.extension;

import dev.clew.extension.FilteredRequest;
import dev.clew.extension.RequestFilter;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/** Fails when a request asks for it, before or after the decision. */
@Singleton
public class BrokenFilter implements RequestFilter {

    static final String HEADER = "x-broken-filter";

    @Override
    public int order() {
        return -1;
    }

    @Override
    public void filter(FilteredRequest request) {
        String how = request.http().getHeader(HEADER);
        if ("twice".equals(how)) {
            request.reject("Rejected once.");
        } else if ("blocks".equals(how)) {
            Vertx.currentContext().executeBlocking(() -> {
                request.proceed();
                return "";
            });
            return;
        } else if ("quotes".equals(how)) {
            request.reject("Plan \"gold\" costs 5 %\n");
        } else if ("throws".equals(how)) {
            throw new IllegalStateException("secret-of-the-filter");
        }
        request.proceed();
    }
}
