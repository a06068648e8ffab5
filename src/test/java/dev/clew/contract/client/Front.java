package dev.clew.contract.client;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;

/** The protocols beside plain HTTP/1.1 that the gateway accepts, over one connection each. */
public enum Front {
    PRIOR_KNOWLEDGE(HttpVersion.HTTP_2, false),
    ALPN(HttpVersion.HTTP_2, true),
    HTTP_1_OVER_TLS(HttpVersion.HTTP_1_1, true);

    public final HttpVersion version;
    public final boolean tls;

    Front(HttpVersion version, boolean tls) {
        this.version = version;
        this.tls = tls;
    }

    public HttpClient client(Vertx vertx) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1)
                // A window larger than a stream's: one unread stream leaves room for the others.
                .setHttp2ConnectionWindowSize(1 << 20)
                .setSsl(tls)
                .setUseAlpn(tls)
                .setTrustAll(true)
                .setVerifyHost(false));
    }
}
