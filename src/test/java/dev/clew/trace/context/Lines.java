package dev.clew.trace.context;

import java.util.ArrayList;
import java.util.List;

/** A request's propagation headers in a test: name and value by turns, a name as often as there are lines of it. */
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

    /** What these lines say, with the propagators of that {@code OTEL_PROPAGATORS}. */
    Inbound read(String propagators) {
        return InboundTrace.read(
                this, Lines::all, Propagators.fromEnvironment(propagators).propagators());
    }
}
