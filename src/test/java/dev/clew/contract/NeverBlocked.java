package dev.clew.contract;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test of the packaged gateway when Vert.x warned that something ran too long on an event loop. */
final class NeverBlocked implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        ((Contract) context.getRequiredTestInstance()).world.assertNoEventLoopBlocked();
    }
}
