package dev.clew.proxy;

import dev.clew.exchange.RoutedRequest;
import dev.clew.observe.MirrorRecord;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Mirror;
import dev.clew.trace.context.IdSource;
import dev.clew.upstream.UpstreamPools;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the copies of all requests are made with. */
record Mirrors(UpstreamPools pools, RequestHeaders headers, IdSource ids, MirrorRecord record) {

    /** What becomes of a copy of a request; null when its route has no mirror, or not of this one. */
    @Nullable Mirroring of(RoutedRequest request, Action.Forward forward) {
        Mirror mirror = forward.mirror();
        return mirror == null || ThreadLocalRandom.current().nextDouble() >= mirror.share()
                ? null
                : new Mirroring(this, request, forward, mirror);
    }
}
