package dev.clew.config.tenant;

import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Keys;
import dev.clew.config.yaml.PemFiles;
import dev.clew.config.yaml.Values;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.RetryPolicy;
import dev.clew.tenant.upstream.Selection;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.tenant.upstream.UpstreamProtocol;
import dev.clew.tenant.upstream.UpstreamTls;
import dev.clew.tenant.upstream.UpstreamTls.Identity;
import dev.clew.tenant.upstream.UpstreamTls.Pem;
import dev.clew.trace.context.OutboundFormat;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Translates the upstreams of a tenant. */
final class UpstreamTranslation {

    private static final Function<String, UpstreamProtocol> PROTOCOL =
            Values.word(List.of(UpstreamProtocol.values()), UpstreamProtocol::token);
    private static final Function<String, OutboundFormat> OUTBOUND_FORMAT =
            Values.word(OutboundFormat.WRITTEN, OutboundFormat::token);

    private final Findings findings;
    private final Fields fields;
    private final SelectionTranslation selections;
    private final RetryTranslation retries;
    private final TenantDefaults defaults;
    private final PemFiles files;
    private final Map<String, Upstream> before;

    /** @param before upstreams in force, by name */
    UpstreamTranslation(Findings findings, TenantDefaults defaults, PemFiles files, Map<String, Upstream> before) {
        this.findings = findings;
        this.fields = new Fields(findings);
        this.selections = new SelectionTranslation(findings, fields);
        this.retries = new RetryTranslation(findings, fields);
        this.defaults = defaults;
        this.files = files;
        this.before = before;
    }

    /** Returns the valid upstreams, in the file's order. */
    Map<String, Upstream> upstreams(TenantFile file) {
        Map<String, Upstream> upstreams = new LinkedHashMap<>();
        // The mapping has no order; users expect that of the file.
        file.upstreams().entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> findings.line(entry.getValue().itself().getName())))
                .forEach(entry -> upstream(entry.getKey(), entry.getValue())
                        .ifPresent(upstream -> upstreams.put(entry.getKey(), sameAsBefore(upstream))));
        return upstreams;
    }

    /** Returns the same object if equal, since connections and queues are tied to its identity. */
    private Upstream sameAsBefore(Upstream upstream) {
        Upstream known = before.get(upstream.name());
        return known != null && known.equals(upstream) ? known : upstream;
    }

    private Optional<Upstream> upstream(String name, UpstreamSection section) {
        int before = findings.rejections();
        List<Endpoint> endpoints = endpoints(section);
        Connections connections = connections(section, defaults.connections());
        Selection selection = selections.selection(section, defaults);
        RetryPolicy retry = retries.retry(section.retry());
        OutboundFormat propagate = fields.read(section.propagate(), OUTBOUND_FORMAT, OutboundFormat.GATEWAY_DEFAULT);
        if (endpoints.isEmpty() || findings.rejections() > before) {
            return Optional.empty();
        }
        checkSuits(section, connections.protocol(), endpoints);
        selections.checkWeights(section.balancing(), selection.balancing(), endpoints.size());
        return findings.rejections() > before
                ? Optional.empty()
                : Optional.of(new Upstream(name, endpoints, connections, selection, retry, propagate));
    }

    private List<Endpoint> endpoints(UpstreamSection section) {
        if (section.endpoints().isEmpty()) {
            fields.missing(Keys.child(section.itself().getName(), "endpoints"), "a list of URLs");
        }
        return fields.readAll(section.endpoints(), Endpoint::parse);
    }

    private void checkSuits(UpstreamSection section, UpstreamProtocol protocol, List<Endpoint> endpoints) {
        if (!endpoints.stream().allMatch(protocol::suits)) {
            findings.problem(
                    section.protocol(),
                    protocol.token() + " (expected: h2 with https endpoints alone, h2c with http endpoints alone)");
        }
    }

    private Connections connections(UpstreamSection section, Connections standard) {
        Connections common = UpstreamCommonSection.connections(section, fields, standard);
        return new Connections(
                common.timeouts(),
                common.atOnce(),
                common.pending(),
                fields.read(section.protocol(), PROTOCOL, standard.protocol()),
                fields.count(section.streams(), standard.streams()),
                tls(section.tls()));
    }

    private UpstreamTls tls(UpstreamTlsSection section) {
        boolean insecure = fields.flag(section.insecure(), false);
        if (insecure && Fields.isSet(section.authorities())) {
            findings.problem(section.insecure(), "true (expected: false where authorities are named)");
        }
        return new UpstreamTls(
                fields.readOrNull(section.authorities(), files::certificates),
                identity(section),
                fields.readOrNull(section.serverName(), Values::hostName),
                insecure);
    }

    private @Nullable Identity identity(UpstreamTlsSection section) {
        if (Fields.isSet(section.certificate()) != Fields.isSet(section.key())) {
            fields.missing(
                    Fields.isSet(section.key()) ? section.certificate() : section.key(),
                    "certificate and key, or neither");
        }
        Pem certificate = fields.readOrNull(section.certificate(), files::certificates);
        Pem privateKey = fields.readOrNull(section.key(), files::key);
        return certificate == null || privateKey == null ? null : new Identity(certificate, privateKey);
    }
}
