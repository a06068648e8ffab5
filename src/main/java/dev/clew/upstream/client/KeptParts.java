package dev.clew.upstream.client;

import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The parts of a response that were read while its body was paused, in order; usually none. */
final class KeptParts {

    private @Nullable Queue<HttpObject> parts;

    void add(HttpObject part) {
        Queue<HttpObject> known = parts;
        if (known == null) {
            known = new ArrayDeque<>();
            parts = known;
        }
        known.add(part);
    }

    boolean isEmpty() {
        return parts == null || parts.isEmpty();
    }

    /** Removes the first part; null for none. */
    @Nullable HttpObject poll() {
        return parts == null ? null : parts.poll();
    }

    void release() {
        HttpObject next = poll();
        while (next != null) {
            ReferenceCountUtil.release(next);
            next = poll();
        }
    }
}
