package dev.clew.upstream;

import dev.clew.budget.Ledger;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.upstream.wire.ResponseLimits;
import dev.clew.upstream.wire.StrictResponses;
import io.vertx.core.Vertx;

/** Targets without connections. */
final class ExampleTargets {

    private static final ClientFactory NONE = new ClientFactory(
            Vertx.vertx(),
            Connections.STANDARD,
            new StrictResponses(ResponseLimits.STANDARD, new Ledger(1).account("acme")),
            true,
            () -> {});

    private ExampleTargets() {}

    static Target target(String host, int weight) {
        return new Target(new Endpoint(false, host, 80, ""), host, weight, NONE);
    }
}
