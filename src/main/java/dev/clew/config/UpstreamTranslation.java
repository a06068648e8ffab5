package dev.clew.config;

import dev.clew.config.TenantFile.UpstreamSettings;
import dev.clew.tenant.Connections;
import dev.clew.tenant.Endpoint;
import dev.clew.tenant.RetryPolicy;
import dev.clew.tenant.Selection;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.Upstream;
import dev.clew.tenant.UpstreamProtocol;
import dev.clew.tenant.UpstreamTls;
import dev.clew.tenant.UpstreamTls.Identity;
import dev.clew.tenant.UpstreamTls.Pem;
import dev.clew.trace.context.OutboundFormat;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes upstreams of what a tenant's file says of them. */
final class UpstreamTranslation {

    private static final Function<String, UpstreamProtocol> PROTOCOL =
            Values.word(List.of(UpstreamProtocol.values()), UpstreamProtocol::token);
    private static final Function<String, OutboundFormat> OUTBOUND_FORMAT =
            Values.word(OutboundFormat.WRITTEN, OutboundFormat::token);
    private static final Function<String, Integer> STREAMS = Values.count(1, Connections.MOST_STREAMS);

    private final Findings findings;
    private final Fields fields;
    private final SharedSettings shared;
    private final SelectionTranslation selections;
    private final RetryTranslation retries;
    private final TenantDefaults defaults;
    private final PemFiles files;
    private final Map<String, Upstream> before;

    /** @param before those in force, by name */
    UpstreamTranslation(Findings findings, TenantDefaults defaults, PemFiles files, Map<String, Upstream> before) {
        this.findings = findings;
        this.fields = new Fields(findings);
        this.shared = new SharedSettings(fields);
        this.selections = new SelectionTranslation(findings, fields);
        this.retries = new RetryTranslation(findings, fields);
        this.defaults = defaults;
        this.files = files;
        this.before = before;
    }

    /** Those that can be used, in the order of the file. */
    Map<String, Upstream> upstreams(TenantFile file) {
        if (file.upstreams().isEmpty()) {
            fields.missing("upstreams", "a mapping with at least one upstream");
        }
        Map<String, Upstream> upstreams = new LinkedHashMap<>();
        // The mapping holds them in no order; people expect theirs.
        file.upstreams().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> findings.line(Keys.child("upstreams", entry.getKey()))))
                .forEach(entry -> upstream(entry.getKey(), entry.getValue())
                        .ifPresent(upstream -> upstreams.put(entry.getKey(), sameAsBefore(upstream))));
        return upstreams;
    }

    /** The very object where nothing has changed, since connections and queues hang on it. */
    private Upstream sameAsBefore(Upstream upstream) {
        Upstream known = before.get(upstream.name());
        return known != null && known.equals(upstream) ? known : upstream;
    }

    private Optional<Upstream> upstream(String name, UpstreamSettings settings) {
        String key = Keys.child("upstreams", name);
        int before = findings.refusals();
        List<Endpoint> endpoints = endpoints(Keys.child(key, "endpoints"), settings);
        Connections connections = connections(key, settings, defaults.connections());
        Selection selection = selections.selection(key, settings, defaults);
        RetryPolicy retry = retries.retry(Keys.child(key, "retry"), settings.retry());
        OutboundFormat propagate = fields.read(
                Keys.child(key, "propagate"), settings.propagate(), OUTBOUND_FORMAT, OutboundFormat.GATEWAY_DEFAULT);
        if (endpoints.isEmpty() || findings.refusals() > before) {
            return Optional.empty();
        }
        checkSuits(key, connections.protocol(), endpoints);
        selections.checkWeights(key, selection.balancing(), endpoints.size());
        return findings.refusals() > before
                ? Optional.empty()
                : Optional.of(new Upstream(name, endpoints, connections, selection, retry, propagate));
    }

    private List<Endpoint> endpoints(String key, UpstreamSettings settings) {
        if (settings.endpoints().isEmpty()) {
            fields.missing(key, "a list of URLs");
        }
        return fields.readAll(key, settings.endpoints(), Endpoint::parse);
    }

    private void checkSuits(String key, UpstreamProtocol protocol, List<Endpoint> endpoints) {
        if (!endpoints.stream().allMatch(protocol::suits)) {
            findings.problem(
                    Keys.child(key, "protocol"),
                    protocol.token() + " (expected: h2 with https endpoints alone, h2c with http endpoints alone)");
        }
    }

    private Connections connections(String key, UpstreamSettings settings, Connections standard) {
        return new Connections(
                shared.timeouts(Keys.child(key, "timeout"), settings.timeout(), standard.timeouts()),
                fields.read(
                        Keys.child(key, "connections"),
                        settings.connections(),
                        SharedSettings.CONNECTIONS,
                        standard.atOnce()),
                fields.read(
                        Keys.child(key, "pending-requests"),
                        settings.pendingRequests(),
                        SharedSettings.PENDING_REQUESTS,
                        standard.pending()),
                fields.read(Keys.child(key, "protocol"), settings.protocol(), PROTOCOL, standard.protocol()),
                fields.read(Keys.child(key, "streams"), settings.streams(), STREAMS, standard.streams()),
                tls(Keys.child(key, "tls"), settings.tls()));
    }

    private UpstreamTls tls(String key, UpstreamTlsSettings settings) {
        String insecureKey = Keys.child(key, "insecure");
        boolean insecure = fields.read(insecureKey, settings.insecure(), Values::flag, false);
        if (insecure && settings.authorities().isPresent()) {
            findings.problem(insecureKey, "true (expected: false where authorities are named)");
        }
        return new UpstreamTls(
                pem(Keys.child(key, "authorities"), settings.authorities(), files::certificates),
                identity(key, settings),
                fields.readOrNull(Keys.child(key, "server-name"), settings.serverName(), Values::hostName),
                insecure);
    }

    private @Nullable Identity identity(String key, UpstreamTlsSettings settings) {
        if (settings.certificate().isPresent() != settings.key().isPresent()) {
            boolean without = settings.key().isEmpty();
            fields.missing(Keys.child(key, without ? "key" : "certificate"), "certificate and key, or neither");
        }
        Pem certificate = pem(Keys.child(key, "certificate"), settings.certificate(), files::certificates);
        Pem privateKey = pem(Keys.child(key, "key"), settings.key(), files::key);
        return certificate == null || privateKey == null ? null : new Identity(certificate, privateKey);
    }

    private @Nullable Pem pem(String key, Optional<String> path, Function<String, Pem> reader) {
        return fields.readOrNull(key, path, reader);
    }
}
