package dev.clew.export.settings;

import java.util.Locale;

/** A kind of telemetry, with its names in OpenTelemetry's settings and protocol. */
public enum Signal {
    TRACES("spans", "trace.v1.TraceService"),
    LOGS("log records", "logs.v1.LogsService"),
    METRICS("collections of metrics", "metrics.v1.MetricsService");

    private final String items;
    private final String service;

    Signal(String items, String service) {
        this.items = items;
        this.service = service;
    }

    /** Returns the value in metrics and JSON. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the items of a queue, in the plural, for messages. */
    public String items() {
        return items;
    }

    /** Returns the path of OTLP/HTTP, without a leading slash. */
    String path() {
        return "v1/" + tag();
    }

    /** Returns the path of the method of OTLP/gRPC. */
    public String grpcPath() {
        return "/opentelemetry.proto.collector." + service + "/Export";
    }

    /** Returns the variable that applies to this signal only, such as {@code OTEL_EXPORTER_OTLP_LOGS_TIMEOUT}. */
    String variable(String suffix) {
        return "OTEL_EXPORTER_OTLP_" + name() + "_" + suffix;
    }
}
