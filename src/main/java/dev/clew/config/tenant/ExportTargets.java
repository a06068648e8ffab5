package dev.clew.config.tenant;

import dev.clew.config.yaml.Findings;
import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.NearestName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that the destinations to which spans are exported exist. */
public final class ExportTargets {

    private static final String DROPPED = "; spans for it are dropped";

    private ExportTargets() {}

    /**
     * Reports the unknown ones, each of which costs the spans for it.
     *
     * @param destinations the names of all destinations
     */
    public static void check(TracingSection tracing, Set<String> destinations, Findings findings) {
        for (Item item : tracing.exportTo()) {
            @Nullable String name = item.itself().getValue();
            if (name != null && !destinations.contains(name)) {
                String fault = findings.shown(item.itself()) + " is no destination";
                // Names of destinations are often those of other tenants.
                findings.tolerated(
                        item.itself(),
                        fault + " (" + NearestName.hint(name, destinations) + ')' + DROPPED,
                        fault + DROPPED);
            }
        }
    }
}
