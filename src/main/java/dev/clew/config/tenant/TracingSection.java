package dev.clew.config.tenant;

import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.config.yaml.Values;
import dev.clew.header.FieldRule;
import dev.clew.header.HeaderRegistry;
import dev.clew.network.Cidr;
import dev.clew.network.Networks;
import dev.clew.tenant.tracing.CallerTrust;
import dev.clew.tenant.tracing.Keep;
import dev.clew.tenant.tracing.Sampling;
import dev.clew.tenant.tracing.SpanContent;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.trace.context.InboundTrust;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Locale;

/** The tracing of a tenant, or its defaults. */
public interface TracingSection {

    @Setting(
            value = Kind.INBOUND_TRUST,
            text = "Trust in a caller's trace context: `preserve` takes ID and sampled flag, `preserve-id` only the "
                    + "ID, `restart` nothing.",
            standard = "preserve-id")
    ConfigValue inbound();

    @Setting(
            value = Kind.NETWORK,
            text = "Address ranges of callers that are trusted as under `preserve`. The address is that of the "
                    + "connection, not one from a header field.",
            absent = "none")
    List<Item> trustedCallers();

    @Setting(value = Kind.GROUP, text = "Which traces are exported, decided at the start of a request.")
    SamplingSection sampling();

    @Setting(
            value = Kind.GROUP,
            text = "Requests that are exported although they were not sampled, decided at their end.")
    KeepSection keep();

    @Setting(
            value = Kind.NAME,
            text = "Destinations of the spans, by name; `default` is the one that `OTEL_*` describes.",
            standard = "[default]")
    List<Item> exportTo();

    @Setting(value = Kind.BAGGAGE_KEY, text = "Keys of the caller's `baggage` that are forwarded.", absent = "none")
    List<Item> baggage();

    @Setting(
            value = Kind.SPAN_PROFILE,
            text = "Span attributes: `minimal` contains nothing about the caller; `semconv` contains all that the "
                    + "HTTP conventions recommend, with redacted query values.",
            standard = "minimal")
    ConfigValue attributes();

    @Setting(value = Kind.GROUP, text = "Header fields recorded in spans.")
    CaptureSection captureHeaders();

    /** Reads the section; absent values default to the given ones. */
    static TracingPolicy read(TracingSection section, Fields fields, TracingPolicy standard) {
        List<String> exportTo = fields.readAll(section.exportTo(), Values::name).stream()
                .distinct()
                .toList();
        return new TracingPolicy(
                trust(section, fields, standard.trust()),
                SamplingSection.read(section.sampling(), fields, standard.sampling()),
                KeepSection.read(section.keep(), fields, standard.keep()),
                content(section, fields, standard.content()),
                exportTo.isEmpty() ? standard.exportTo() : exportTo,
                orStandard(fields.readAll(section.baggage(), Values::token), standard.baggage()));
    }

    private static CallerTrust trust(TracingSection section, Fields fields, CallerTrust standard) {
        List<Cidr> networks = fields.readAll(section.trustedCallers(), Cidr::parse);
        return new CallerTrust(
                fields.read(
                        section.inbound(),
                        Values.word(List.of(InboundTrust.values()), InboundTrust::token),
                        standard.inbound()),
                section.trustedCallers().isEmpty() ? standard.trustedCallers() : new Networks(networks));
    }

    private static SpanContent content(TracingSection section, Fields fields, SpanContent standard) {
        CaptureSection captured = section.captureHeaders();
        return new SpanContent(
                fields.read(
                        section.attributes(),
                        Values.word(List.of(SpanContent.Profile.values()), SpanContent.Profile::token),
                        standard.profile()),
                orStandard(fields.readAll(captured.request(), TracingSection::header), standard.requestHeaders()),
                orStandard(fields.readAll(captured.response(), TracingSection::header), standard.responseHeaders()));
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

    /** Head sampling: the choice of traces to export. */
    interface SamplingSection extends Item {

        @Setting(
                value = Kind.RATIO,
                text = "Share of the traces that are exported, 0 to 1. Unset, `OTEL_TRACES_SAMPLER` decides.",
                absent = "unset")
        ConfigValue ratio();

        @Setting(
                value = Kind.COUNT,
                text = "Maximum number of traces per second that are sampled in this way; decisions of trusted "
                        + "callers do not count.",
                absent = "no limit",
                to = Sampling.MAX_PER_SECOND)
        ConfigValue perSecond();

        /** Reads the section; absent values default to the given ones. */
        static Sampling read(SamplingSection section, Fields fields, Sampling standard) {
            return new Sampling(
                    fields.read(section.ratio(), text -> Sampling.ratio(Values.ratio(text)), standard.sampler()),
                    fields.count(section.perSecond(), standard.perSecond()));
        }
    }

    /** The choice of requests to export at their end although they were not sampled. */
    interface KeepSection {

        @Setting(
                value = Kind.FLAG,
                text = "Whether the gateway's own spans of a failed request are exported even if it was not sampled.",
                standard = "false")
        ConfigValue errors();

        @Setting(
                value = Kind.DURATION,
                text = "Minimum duration of a request whose own gateway spans are exported even if it was not "
                        + "sampled.",
                absent = "none")
        ConfigValue slowerThan();

        @Setting(
                value = Kind.COUNT,
                text = "Maximum number of requests per second that are kept in this way; the spans of further ones "
                        + "are not exported but [counted](tracing.md#metrics).",
                standard = "100",
                from = 1,
                to = Sampling.MAX_PER_SECOND)
        ConfigValue perSecond();

        /** Reads the section; absent values default to the given ones. */
        static Keep read(KeepSection section, Fields fields, Keep standard) {
            return new Keep(
                    fields.flag(section.errors(), standard.errors()),
                    fields.read(
                            section.slowerThan(), text -> Values.duration(text).toNanos(), standard.slowerThanNanos()),
                    fields.count(section.perSecond(), standard.perSecond()));
        }
    }

    /** Header fields recorded in spans. */
    interface CaptureSection {

        @Setting(
                value = Kind.HEADER,
                text = "Request header fields recorded in spans; fields with credentials are not allowed.",
                absent = "none")
        List<Item> request();

        @Setting(
                value = Kind.HEADER,
                text = "Response header fields recorded in spans; fields with credentials are not allowed.",
                absent = "none")
        List<Item> response();
    }
}
