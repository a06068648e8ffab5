package dev.clew.gateway;

import dev.clew.observe.Exemplars;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exemplars.ExemplarSampler;
import io.prometheus.client.exporter.common.TextFormat;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The metrics page in OpenMetrics: with exemplars for clients that prefer it, such as Prometheus, and without for those
 * that accept anything. All others are left to the route of Quarkus's extension, which responds 406 to a client that
 * accepts nothing but OpenMetrics, and writes exemplars for scripts that cannot read them.
 */
@ApplicationScoped
@SuppressWarnings("deprecation") // the registry that Quarkus's extension has
public class OpenMetrics {

    private static final String TYPE = "application/openmetrics-text";
    /** The end of the names of histograms' samples. */
    static final String BUCKETS = "_bucket";
    /** The end of no sample's name. */
    static final String NONE = "{";

    /** Returns the source of exemplars, which takes the place of the current span of OpenTelemetry's API. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    Optional<ExemplarSampler> exemplars() {
        return Optional.of(new Exemplars());
    }

    void mount(@Observes ManagementInterface management, PrometheusMeterRegistry registry) {
        management.router().get("/q/metrics").order(-1).handler(context -> {
            String accept = context.request().getHeader("accept");
            if (isPreferred(accept)) {
                respond(context, () -> exemplarsOf(BUCKETS, registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100)));
            } else if (acceptsAnything(accept)) {
                respond(context, () -> exemplarsOf(NONE, registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100)));
            } else {
                context.next();
            }
        });
    }

    private static void respond(RoutingContext context, Callable<String> scrape) {
        context.vertx()
                .executeBlocking(scrape, false)
                .onSuccess(page -> context.response()
                        .putHeader("content-type", TextFormat.CONTENT_TYPE_OPENMETRICS_100)
                        .end(page))
                .onFailure(context::fail);
    }

    /** Returns true if an {@code Accept} field weighs OpenMetrics at least as high as plain text (RFC 9110 12.5.1). */
    static boolean isPreferred(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        double open = 0;
        double plain = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            String type = parts[0].strip();
            if (type.equals(TYPE)) {
                open = Math.max(open, weight(parts));
            } else if (type.equals("text/plain")) {
                plain = Math.max(plain, weight(parts));
            }
        }
        return open > 0 && open >= plain;
    }

    private static boolean acceptsAnything(@Nullable String accept) {
        return accept == null || accept.strip().equals("*/*");
    }

    /**
     * Returns the page with the exemplars of samples whose names end so, and no others. The registry adds them to
     * counts of requests as well, for which Prometheus rejects the whole page; scripts take the end of any line for its
     * value.
     */
    static String exemplarsOf(String nameEnd, String page) {
        StringBuilder kept = new StringBuilder(page.length());
        int from = 0;
        for (int mark = page.indexOf(Exemplars.MARK); mark >= 0; mark = page.indexOf(Exemplars.MARK, mark + 1)) {
            if (!nameAt(page, page.lastIndexOf('\n', mark) + 1).endsWith(nameEnd)) {
                kept.append(page, from, mark);
                int end = page.indexOf('\n', mark);
                from = end < 0 ? page.length() : end;
            }
        }
        return kept.append(page, from, page.length()).toString();
    }

    private static String nameAt(String page, int start) {
        int end = start;
        while (end < page.length() && page.charAt(end) != '{' && page.charAt(end) != ' ') {
            end++;
        }
        return page.substring(start, end);
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
