package dev.clew.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The management port's first page: what exists there, the console first. */
final class IndexPage {

    /** A page and what it shows. */
    private record Entry(String path, String text) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("/console/", "console: requests, tenants, telemetry, configuration"),
            new Entry("/api/v1/gateway", "API; its paths are in /q/openapi"),
            new Entry("/q/openapi", "description of the API (OpenAPI)"),
            new Entry("/q/health", "health; probes use /q/health/live, /q/health/ready and /q/health/started"),
            new Entry("/q/metrics", "metrics for Prometheus"),
            new Entry("/q/config", "configuration in force, and its problems"),
            new Entry("/q/telemetry", "destinations of spans, log lines and metrics"),
            new Entry("/q/coverage", "upstreams that continue traces"),
            new Entry("/q/overload", "memory and its owners"));

    private IndexPage() {}

    /** Responds in HTML to browsers, and in JSON to others. */
    static void show(RoutingContext context) {
        String accept = context.request().getHeader("accept");
        boolean html = accept != null && accept.contains("text/html");
        context.response()
                .putHeader("content-type", html ? "text/html; charset=utf-8" : "application/json")
                .putHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("cache-control", "no-store")
                .putHeader("vary", "accept")
                .end(html ? html() : json());
    }

    /** Without styles, which the policy would have to allow. */
    private static String html() {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\""
                + " content=\"light dark\"><title>Clew</title></head><body><main><h1>Clew: management port</h1><ul>");
        for (Entry entry : ENTRIES) {
            page.append("<li><a href=\"")
                    .append(entry.path)
                    .append("\">")
                    .append(entry.path)
                    .append("</a> ")
                    .append(entry.text)
                    .append("</li>");
        }
        return page.append("</ul></main></body></html>").toString();
    }

    private static String json() {
        JsonArray pages = new JsonArray();
        ENTRIES.forEach(
                entry -> pages.add(new JsonObject().put("path", entry.path).put("text", entry.text)));
        return new JsonObject().put("pages", pages).encodePrettily();
    }
}
