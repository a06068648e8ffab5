package dev.clew.config;

import dev.clew.config.TracingSection.CaptureSection;
import dev.clew.config.TracingSection.KeepSection;
import dev.clew.config.TracingSection.SamplingSection;
import dev.clew.config.UpstreamCommonSection.EjectionSection;
import dev.clew.header.FieldRule;
import dev.clew.header.HeaderRegistry;
import dev.clew.network.Cidr;
import dev.clew.network.Networks;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.RequestRate;
import dev.clew.tenant.tracing.CallerTrust;
import dev.clew.tenant.tracing.Keep;
import dev.clew.tenant.tracing.Sampling;
import dev.clew.tenant.tracing.SpanContent;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.CircuitBreaker.FailureRatio;
import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Ejection;
import dev.clew.tenant.upstream.Timeouts;
import dev.clew.trace.context.InboundTrust;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads the sections that both a tenant's file and the gateway's defaults have. */
final class SharedTranslation {

    private static final Function<String, InboundTrust> INBOUND =
            Values.word(List.of(InboundTrust.values()), InboundTrust::token);

    private static final Function<String, SpanContent.Profile> PROFILE =
            Values.word(List.of(SpanContent.Profile.values()), SpanContent.Profile::token);

    private final Fields fields;

    SharedTranslation(Fields fields) {
        this.fields = fields;
    }

    TracingPolicy tracing(TracingSection section, TracingPolicy standard) {
        List<String> exportTo = fields.readAll(section.exportTo(), Values::name).stream()
                .distinct()
                .toList();
        return new TracingPolicy(
                trust(section, standard.trust()),
                sampling(section.sampling(), standard.sampling()),
                keep(section.keep(), standard.keep()),
                content(section, standard.content()),
                exportTo.isEmpty() ? standard.exportTo() : exportTo,
                orStandard(fields.readAll(section.baggage(), Values::token), standard.baggage()));
    }

    private CallerTrust trust(TracingSection section, CallerTrust standard) {
        List<Cidr> networks = fields.readAll(section.trustedCallers(), Cidr::parse);
        return new CallerTrust(
                fields.read(section.inbound(), INBOUND, standard.inbound()),
                section.trustedCallers().isEmpty() ? standard.trustedCallers() : new Networks(networks));
    }

    Sampling sampling(SamplingSection section, Sampling standard) {
        return new Sampling(
                fields.read(section.ratio(), text -> Sampling.ratio(Values.ratio(text)), standard.sampler()),
                fields.count(section.perSecond(), standard.perSecond()));
    }

    private Keep keep(KeepSection section, Keep standard) {
        return new Keep(
                fields.flag(section.errors(), standard.errors()),
                fields.read(section.slowerThan(), text -> Values.duration(text).toNanos(), standard.slowerThanNanos()),
                fields.count(section.perSecond(), standard.perSecond()));
    }

    private SpanContent content(TracingSection section, SpanContent standard) {
        CaptureSection captured = section.captureHeaders();
        return new SpanContent(
                fields.read(section.attributes(), PROFILE, standard.profile()),
                orStandard(fields.readAll(captured.request(), SharedTranslation::header), standard.requestHeaders()),
                orStandard(fields.readAll(captured.response(), SharedTranslation::header), standard.responseHeaders()));
    }

    private static String header(String text) {
        String name = Values.token(text).toLowerCase(Locale.ROOT);
        if (HeaderRegistry.of(name).is(FieldRule.CREDENTIAL)) {
            throw new IllegalArgumentException("expected: a header field that holds no credentials");
        }
        return name;
    }

    private static List<String> orStandard(List<String> values, List<String> standard) {
        return values.isEmpty() ? standard : values.stream().distinct().toList();
    }

    /** As the standard in what the gateway has no defaults of. */
    Connections connections(UpstreamCommonSection section, Connections standard) {
        return new Connections(
                timeouts(section.timeout(), standard.timeouts()),
                fields.count(section.connections(), standard.atOnce()),
                fields.count(section.pendingRequests(), standard.pending()),
                standard.protocol(),
                standard.streams(),
                standard.tls());
    }

    private Timeouts timeouts(TimeoutSection section, Timeouts standard) {
        return new Timeouts(
                fields.duration(section.connect(), standard.connect()),
                fields.duration(section.response(), standard.response()),
                fields.duration(section.idle(), standard.idle()),
                fields.duration(section.attempt(), standard.attempt()),
                fields.duration(section.request(), standard.request()));
    }

    Ejection ejection(EjectionSection section, Ejection standard) {
        return new Ejection(
                fields.count(section.failures(), standard.failures()),
                fields.flag(section.serverErrors(), standard.serverErrors()),
                fields.duration(section.time(), standard.time()),
                fields.duration(section.longest(), standard.longest()),
                fields.ratio(section.atMost(), standard.atMost()));
    }

    CircuitBreaker circuitBreaker(CircuitBreakerSection section, CircuitBreaker standard) {
        FailureRatio ratio = standard.failureRatio();
        return new CircuitBreaker(
                fields.count(section.connectFailures(), standard.connectFailures()),
                fields.count(section.consecutiveFailures(), standard.consecutiveFailures()),
                new FailureRatio(
                        fields.ratio(section.failureRatio(), ratio.share()),
                        fields.duration(section.window(), ratio.window()),
                        fields.count(section.minimumRequests(), ratio.minimumRequests())),
                fields.flag(section.serverErrors(), standard.serverErrors()),
                fields.duration(section.openFor(), standard.openFor()),
                fields.count(section.halfOpenRequests(), standard.halfOpenRequests()));
    }

    Limits limits(LimitSection section, Limits standard) {
        return new Limits(
                rate(section, standard.rate()),
                fields.count(section.concurrentRequests(), standard.concurrentRequests()),
                fields.count(section.connections(), standard.connections()),
                fields.read(section.headerSize(), Values::size, standard.headerSize()),
                fields.read(section.requestBody(), Values::size, standard.requestBody()),
                fields.duration(section.requestDuration(), standard.requestDuration()));
    }

    private RequestRate rate(LimitSection section, RequestRate standard) {
        int perSecond = fields.count(section.requestsPerSecond(), standard.perSecond());
        // What a second brings, unless more or less is said.
        int burst = perSecond == standard.perSecond() ? standard.burst() : perSecond;
        return new RequestRate(
                perSecond,
                fields.count(section.burst(), burst),
                fields.flag(section.sharedRate(), standard.shared()),
                fields.flag(section.rateHeaders(), standard.shown()));
    }
}
