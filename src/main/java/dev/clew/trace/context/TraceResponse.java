package dev.clew.trace.context;

/** The relation of the trace named by a service's response to the trace sent. */
public enum TraceResponse {
    /** The same trace: the service has continued it. */
    CONTINUED("continued"),
    /** Another trace. */
    CONTRADICTED("contradicted"),
    /** No readable trace; most services name none, even those that continue the trace. */
    SILENT("silent");

    private final String tag;

    TraceResponse(String tag) {
        this.tag = tag;
    }

    /** Returns the value in metrics and on the management port. */
    public String tag() {
        return tag;
    }
}
