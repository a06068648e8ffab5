package dev.clew.trace.context;

import java.util.ArrayList;
import java.util.List;

/** A request's propagation headers in a test: alternating names and values; a name repeats for each line. */
record Lines(List<String> namesAndValues) {

    static Lines of(String... namesAndValues) {
        return new Lines(List.of(namesAndValues));
    }

    private List<String> all(PropagationHeader header) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equals(header.fieldName())) {
                values.add(namesAndValues.get(i + 1));
            }
        }
        return values;
    }

    /** Parses these lines with the propagators of this {@code OTEL_PROPAGATORS}. */
    Inbound read(String propagators) {
        return InboundTrace.read(
                this, Lines::all, Propagators.fromEnvironment(propagators).propagators());
    }
}
