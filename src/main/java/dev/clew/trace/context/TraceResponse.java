package dev.clew.trace.context;

/** What a service's answer tells about the trace that it was sent. */
public enum TraceResponse {
    /** It names the same trace: the service has continued it. */
    CONTINUED("continued"),
    /** It names another trace. */
    CONTRADICTED("contradicted"),
    /** It names none that can be read, which most services do that continue a trace, too. */
    SILENT("silent");

    private final String tag;

    TraceResponse(String tag) {
        this.tag = tag;
    }

    /** The word for it in metrics and on the management port. */
    public String tag() {
        return tag;
    }
}
