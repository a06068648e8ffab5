package dev.clew.console;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serves the console: its files, and for every other path below {@code /console} the page, whose script shows the view
 * of that path. The files are read with the first request, so that the start does not pay for them.
 */
public final class ConsoleHandler implements Handler<RoutingContext> {

    /** Scripts, styles and requests of this origin only; nothing inline, no frames, no forms, no base. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> SECURITY = Map.of(
            "content-security-policy", POLICY,
            "x-content-type-options", "nosniff",
            "x-frame-options", "DENY",
            "referrer-policy", "no-referrer",
            "cross-origin-opener-policy", "same-origin",
            "cross-origin-resource-policy", "same-origin",
            "permissions-policy", "camera=(), geolocation=(), microphone=()");

    private static final String FOR_EVER = "private, max-age=31536000, immutable";
    private static final String REVALIDATED = "no-cache";

    private @Nullable Future<ConsoleAssets> assets;

    @Override
    public void handle(RoutingContext context) {
        assets(context.vertx()).onSuccess(loaded -> serve(context, loaded)).onFailure(context::fail);
    }

    private synchronized Future<ConsoleAssets> assets(Vertx vertx) {
        if (assets == null) {
            assets = vertx.executeBlocking(ConsoleAssets::load).onFailure(unreadable -> forget());
        }
        return assets;
    }

    /** Has the next request read the files again. */
    private synchronized void forget() {
        assets = null;
    }

    private static void serve(RoutingContext context, ConsoleAssets assets) {
        String path = context.normalizedPath();
        HttpServerResponse response = context.response();
        SECURITY.forEach(response::putHeader);
        if (!path.startsWith(ConsoleAssets.PREFIX)) {
            send(context.request(), assets.page(), assets.hash(), REVALIDATED);
            return;
        }
        Asset file = assets.file(path);
        if (file == null) {
            // A page of another version: its reload brings the current one.
            response.setStatusCode(404)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end();
        } else {
            send(context.request(), file, assets.hash(), FOR_EVER);
        }
    }

    private static void send(HttpServerRequest request, Asset asset, String hash, String caching) {
        boolean gzip = acceptsGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        // Each coding is a representation of its own (RFC 9110 section 8.8.3).
        String tag = '"' + hash + (gzip ? "-gzip\"" : "\"");
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.CACHE_CONTROL, caching)
                .putHeader(HttpHeaders.VARY, "accept-encoding");
        String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.contains(tag)) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, asset.contentType());
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.end(gzip ? asset.gzip() : asset.plain());
    }

    private static boolean acceptsGzip(@Nullable String codings) {
        return codings != null && codings.contains("gzip") && !codings.contains("gzip;q=0");
    }
}
