package dev.clew.proxy;

import dev.clew.exchange.RoutedRequest;
import dev.clew.observe.MirrorRecord;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Mirror;
import dev.clew.trace.context.IdSource;
import dev.clew.upstream.UpstreamPools;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The common dependencies of all mirror requests. */
record Mirrors(UpstreamPools pools, RequestHeaders headers, IdSource ids, MirrorRecord record) {

    /**
     * Returns the mirroring of a request; null if its route has no mirror or the request is not in the mirrored share.
     */
    @Nullable Mirroring of(RoutedRequest request, Action.Forward forward) {
        Mirror mirror = forward.mirror();
        return mirror == null || ThreadLocalRandom.current().nextDouble() >= mirror.share()
                ? null
                : new Mirroring(this, request, forward, mirror);
    }
}
