package dev.clew.config;

import dev.clew.config.SelectionSettings.EjectionSettings;
import dev.clew.config.TracingSettings.CaptureSettings;
import dev.clew.config.TracingSettings.KeepSettings;
import dev.clew.config.TracingSettings.SamplingSettings;
import dev.clew.network.Cidr;
import dev.clew.network.Networks;
import dev.clew.tenant.CallerTrust;
import dev.clew.tenant.CircuitBreaker;
import dev.clew.tenant.CircuitBreaker.FailureRatio;
import dev.clew.tenant.Connections;
import dev.clew.tenant.Ejection;
import dev.clew.tenant.Keep;
import dev.clew.tenant.Limits;
import dev.clew.tenant.RequestRate;
import dev.clew.tenant.Sampling;
import dev.clew.tenant.SpanContent;
import dev.clew.tenant.Timeouts;
import dev.clew.tenant.TracingPolicy;
import dev.clew.trace.context.InboundTrust;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads the groups of settings that both a tenant's file and the gateway's defaults have. */
final class SharedSettings {

    static final Function<String, Integer> CONNECTIONS = Values.count(1, Connections.MOST_AT_ONCE);
    static final Function<String, Integer> PENDING_REQUESTS = Values.count(0, Connections.MOST_PENDING);
    private static final Function<String, Integer> RATE = Values.count(1, RequestRate.MOST);
    private static final Function<String, Integer> ONE_OR_MORE = Values.count(1, Integer.MAX_VALUE);

    private static final Function<String, InboundTrust> INBOUND =
            Values.word(List.of(InboundTrust.values()), InboundTrust::token);

    private static final Function<String, SpanContent.Profile> PROFILE =
            Values.word(List.of(SpanContent.Profile.values()), SpanContent.Profile::token);
    private static final Function<String, Integer> FAILURES = Values.count(0, CircuitBreaker.MOST_FAILURES);
    private static final Function<String, Integer> KEPT_PER_SECOND = Values.count(1, Sampling.MAX_PER_SECOND);
    private static final Function<String, Integer> PER_SECOND = Values.count(0, Sampling.MAX_PER_SECOND);

    private final Fields fields;

    SharedSettings(Fields fields) {
        this.fields = fields;
    }

    TracingPolicy tracing(String key, TracingSettings settings, TracingPolicy standard) {
        List<String> exportTo = fields.readAll(Keys.child(key, "export-to"), settings.exportTo(), Values::name).stream()
                .distinct()
                .toList();
        return new TracingPolicy(
                trust(key, settings, standard.trust()),
                sampling(Keys.child(key, "sampling"), settings.sampling(), standard.sampling()),
                keep(Keys.child(key, "keep"), settings.keep(), standard.keep()),
                content(key, settings, standard.content()),
                exportTo.isEmpty() ? standard.exportTo() : exportTo,
                orStandard(
                        fields.readAll(Keys.child(key, "baggage"), settings.baggage(), Values::token),
                        standard.baggage()));
    }

    private CallerTrust trust(String key, TracingSettings settings, CallerTrust standard) {
        List<Cidr> networks =
                fields.readAll(Keys.child(key, "trusted-callers"), settings.trustedCallers(), Cidr::parse);
        return new CallerTrust(
                fields.read(Keys.child(key, "inbound"), settings.inbound(), INBOUND, standard.inbound()),
                settings.trustedCallers().isEmpty() ? standard.trustedCallers() : new Networks(networks));
    }

    Sampling sampling(String key, SamplingSettings settings, Sampling standard) {
        return new Sampling(
                fields.read(
                        Keys.child(key, "ratio"),
                        settings.ratio(),
                        text -> Sampling.ratio(Values.ratio(text)),
                        standard.sampler()),
                fields.read(Keys.child(key, "per-second"), settings.perSecond(), PER_SECOND, standard.perSecond()));
    }

    private Keep keep(String key, KeepSettings settings, Keep standard) {
        return new Keep(
                fields.read(Keys.child(key, "errors"), settings.errors(), Values::flag, standard.errors()),
                fields.read(
                        Keys.child(key, "slower-than"),
                        settings.slowerThan(),
                        text -> Values.duration(text).toNanos(),
                        standard.slowerThanNanos()),
                fields.read(
                        Keys.child(key, "per-second"), settings.perSecond(), KEPT_PER_SECOND, standard.perSecond()));
    }

    private SpanContent content(String key, TracingSettings settings, SpanContent standard) {
        String capture = Keys.child(key, "capture-headers");
        CaptureSettings captured = settings.captureHeaders();
        return new SpanContent(
                fields.read(Keys.child(key, "attributes"), settings.attributes(), PROFILE, standard.profile()),
                orStandard(
                        fields.readAll(Keys.child(capture, "request"), captured.request(), SharedSettings::header),
                        standard.requestHeaders()),
                orStandard(
                        fields.readAll(Keys.child(capture, "response"), captured.response(), SharedSettings::header),
                        standard.responseHeaders()));
    }

    private static String header(String text) {
        String name = Values.token(text).toLowerCase(Locale.ROOT);
        if (SpanContent.REFUSED.contains(name)) {
            throw new IllegalArgumentException("expected: a header field that holds no credentials");
        }
        return name;
    }

    private static List<String> orStandard(List<String> values, List<String> standard) {
        return values.isEmpty() ? standard : values.stream().distinct().toList();
    }

    Timeouts timeouts(String key, TimeoutSettings settings, Timeouts standard) {
        return new Timeouts(
                fields.read(Keys.child(key, "connect"), settings.connect(), Values::duration, standard.connect()),
                fields.read(Keys.child(key, "response"), settings.response(), Values::duration, standard.response()),
                fields.read(Keys.child(key, "idle"), settings.idle(), Values::duration, standard.idle()),
                fields.read(Keys.child(key, "attempt"), settings.attempt(), Values::duration, standard.attempt()),
                fields.read(Keys.child(key, "request"), settings.request(), Values::duration, standard.request()));
    }

    Ejection ejection(String key, EjectionSettings settings, Ejection standard) {
        return new Ejection(
                fields.read(
                        Keys.child(key, "failures"),
                        settings.failures(),
                        Values.count(0, Ejection.MOST_FAILURES),
                        standard.failures()),
                fields.read(
                        Keys.child(key, "server-errors"),
                        settings.serverErrors(),
                        Values::flag,
                        standard.serverErrors()),
                fields.read(Keys.child(key, "time"), settings.time(), Values::duration, standard.time()),
                fields.read(Keys.child(key, "longest"), settings.longest(), Values::duration, standard.longest()),
                fields.read(Keys.child(key, "at-most"), settings.atMost(), Values::ratio, standard.atMost()));
    }

    CircuitBreaker circuitBreaker(String key, CircuitBreakerSettings settings, CircuitBreaker standard) {
        FailureRatio ratio = standard.failureRatio();
        return new CircuitBreaker(
                fields.read(
                        Keys.child(key, "connect-failures"),
                        settings.connectFailures(),
                        FAILURES,
                        standard.connectFailures()),
                fields.read(
                        Keys.child(key, "consecutive-failures"),
                        settings.consecutiveFailures(),
                        FAILURES,
                        standard.consecutiveFailures()),
                new FailureRatio(
                        fields.read(
                                Keys.child(key, "failure-ratio"),
                                settings.failureRatio(),
                                Values::ratio,
                                ratio.share()),
                        fields.read(Keys.child(key, "window"), settings.window(), Values::duration, ratio.window()),
                        fields.read(
                                Keys.child(key, "minimum-requests"),
                                settings.minimumRequests(),
                                Values.count(1, FailureRatio.MOST_MINIMUM),
                                ratio.minimumRequests())),
                fields.read(
                        Keys.child(key, "server-errors"),
                        settings.serverErrors(),
                        Values::flag,
                        standard.serverErrors()),
                fields.read(Keys.child(key, "open-for"), settings.openFor(), Values::duration, standard.openFor()),
                fields.read(
                        Keys.child(key, "half-open-requests"),
                        settings.halfOpenRequests(),
                        Values.count(1, CircuitBreaker.MOST_REQUESTS),
                        standard.halfOpenRequests()));
    }

    Limits limits(String key, LimitSettings settings, Limits standard) {
        return new Limits(
                rate(key, settings, standard.rate()),
                fields.read(
                        Keys.child(key, "concurrent-requests"),
                        settings.concurrentRequests(),
                        ONE_OR_MORE,
                        standard.concurrentRequests()),
                fields.read(
                        Keys.child(key, "connections"), settings.connections(), ONE_OR_MORE, standard.connections()),
                fields.read(Keys.child(key, "header-size"), settings.headerSize(), Values::size, standard.headerSize()),
                fields.read(
                        Keys.child(key, "request-body"), settings.requestBody(), Values::size, standard.requestBody()),
                fields.read(
                        Keys.child(key, "request-duration"),
                        settings.requestDuration(),
                        Values::duration,
                        standard.requestDuration()));
    }

    private RequestRate rate(String key, LimitSettings settings, RequestRate standard) {
        int perSecond = fields.read(
                Keys.child(key, "requests-per-second"), settings.requestsPerSecond(), RATE, standard.perSecond());
        // What a second brings, unless more or less is said.
        int burst = perSecond == standard.perSecond() ? standard.burst() : perSecond;
        return new RequestRate(
                perSecond,
                fields.read(Keys.child(key, "burst"), settings.burst(), RATE, burst),
                fields.read(Keys.child(key, "shared-rate"), settings.sharedRate(), Values::flag, standard.shared()),
                fields.read(Keys.child(key, "rate-headers"), settings.rateHeaders(), Values::flag, standard.shown()));
    }
}
