package dev.clew.upstream;

import dev.clew.tenant.Endpoint;
import dev.clew.tenant.HealthCheck;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Asks each address of one upstream whether it is well. Runs beside the requests and is no part of any trace. */
final class HealthChecks {

    static final String USER_AGENT = "clew-health-check";

    private final HealthCheck check;
    private final Targets targets;
    private final ContextInternal control;
    private final ClientFactory factory;
    private final UpstreamMetrics metrics;
    /** Both are touched on the control loop only. */
    private final Map<String, WebClient> clients = new HashMap<>();

    private final Set<Target> pending = new HashSet<>();

    HealthChecks(
            HealthCheck check,
            Targets targets,
            ContextInternal control,
            ClientFactory factory,
            UpstreamMetrics metrics) {
        this.check = check;
        this.targets = targets;
        this.control = control;
        this.factory = factory;
        this.metrics = metrics;
    }

    /** To be called on the control loop. */
    void run() {
        for (Target target : targets.all()) {
            if (pending.add(target)) {
                request(target).send().onComplete(answer -> finished(target, answer));
            }
        }
    }

    private HttpRequest<Void> request(Target target) {
        Endpoint endpoint = target.endpoint();
        RequestOptions options = new RequestOptions()
                .setHost(target.serverName())
                .setPort(endpoint.port())
                .setSsl(endpoint.tls())
                .setURI(check.path());
        HttpRequest<Buffer> request = client(endpoint).request(HttpMethod.GET, target.address(), options);
        // A check's body says nothing and may be of any size.
        return request.timeout(check.timeout().toMillis())
                .followRedirects(false)
                .as(BodyCodec.none());
    }

    /** One for each server name, since it is a setting of the client whether that is shown to the server. */
    private WebClient client(Endpoint endpoint) {
        return clients.computeIfAbsent(factory.serverName(endpoint), name -> {
            WebClientOptions options = new WebClientOptions(factory.options(endpoint)).setUserAgent(USER_AGENT);
            // A kept connection would say nothing about whether a new one could be had.
            options.setKeepAlive(false);
            return WebClient.create(control.owner(), options);
        });
    }

    private void finished(Target target, AsyncResult<HttpResponse<Void>> answer) {
        pending.remove(target);
        boolean passed = answer.succeeded() && check.passes(answer.result().statusCode());
        metrics.checked(passed);
        targets.checked(target, check, passed);
    }

    void close() {
        control.runOnContext(now -> clients.values().forEach(WebClient::close));
    }
}
