package dev.clew.api;

import dev.clew.config.gateway.TraceLinkTemplates;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Links from a request to the trace backends that its tenant's spans go to. */
public final class TraceLinks {

    private static final String DEFAULT = "default";

    private final Supplier<Map<String, String>> templates;
    private final Supplier<Snapshot> tenants;

    /** @param templates by destination, URLs with <code>{trace_id}</code> where the ID belongs */
    public TraceLinks(Supplier<Map<String, String>> templates, Supplier<Snapshot> tenants) {
        this.templates = templates;
        this.tenants = tenants;
    }

    JsonArray of(String tenant, String traceId) {
        Map<String, String> known = templates.get();
        JsonArray links = new JsonArray();
        for (String destination : destinations(tenant)) {
            String template = known.get(destination);
            if (template != null) {
                links.add(new JsonObject()
                        .put("destination", destination)
                        .put("url", template.replace(TraceLinkTemplates.PLACE, traceId)));
            }
        }
        return links;
    }

    private List<String> destinations(String tenant) {
        TenantEntry entry = tenant.isEmpty() ? null : tenants.get().tenant(new TenantId(tenant));
        return entry == null
                ? List.of(DEFAULT)
                : List.copyOf(entry.tenant().tracing().exportTo());
    }
}
