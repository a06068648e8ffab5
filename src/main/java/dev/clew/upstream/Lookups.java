package dev.clew.upstream;

import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.Upstream;
import io.netty.util.NetUtil;
import io.vertx.core.AsyncResult;
import io.vertx.core.impl.ContextInternal;
import java.util.List;
import org.jboss.logging.Logger;

/** Periodic resolution of one upstream's host names. After a failure the last known addresses stay in use. */
final class Lookups {

    private static final Logger LOG = Logger.getLogger(Lookups.class);

    private final String name;
    private final Upstream upstream;
    private final Targets targets;
    private final Circuit circuit;
    private final AddressLookup names;
    private final ContextInternal control;
    private final UpstreamMetrics metrics;
    /** By endpoint; accessed on the control loop only. */
    private final boolean[] pending;

    private final boolean[] failing;

    Lookups(
            String name,
            Upstream upstream,
            Targets targets,
            Circuit circuit,
            AddressLookup names,
            ContextInternal control,
            UpstreamMetrics metrics) {
        this.name = name;
        this.upstream = upstream;
        this.targets = targets;
        this.circuit = circuit;
        this.names = names;
        this.control = control;
        this.metrics = metrics;
        this.pending = new boolean[upstream.endpoints().size()];
        this.failing = new boolean[upstream.endpoints().size()];
    }

    /** Returns whether any endpoint has a name rather than an address. */
    boolean areNeeded() {
        return upstream.endpoints().stream().anyMatch(Lookups::hasName);
    }

    private static boolean hasName(Endpoint endpoint) {
        return !NetUtil.isValidIpV4Address(endpoint.host()) && !NetUtil.isValidIpV6Address(endpoint.host());
    }

    /** Resolves all names. Called on the control loop. */
    void lookUp() {
        List<Endpoint> endpoints = upstream.endpoints();
        for (int i = 0; i < endpoints.size(); i++) {
            int endpoint = i;
            if (hasName(endpoints.get(i)) && !pending[i]) {
                pending[i] = true;
                names.addresses(endpoints.get(i).host(), control).onComplete(found -> found(endpoint, found));
            }
        }
    }

    private void found(int endpoint, AsyncResult<List<String>> found) {
        pending[endpoint] = false;
        if (found.succeeded()) {
            targets.resolved(endpoint, found.result(), circuit::allowProbe);
        } else {
            metrics.failedLookup();
        }
        if (failing[endpoint] == found.succeeded()) {
            failing[endpoint] = found.failed();
            LOG.warnf(
                    "upstream %s: DNS lookup of %s %s",
                    name, upstream.endpoints().get(endpoint).host(), found.failed() ? "fails" : "succeeds again");
        }
    }
}
