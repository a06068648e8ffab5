package dev.clew.config.watch;

import dev.clew.config.gateway.GatewayReader;
import dev.clew.config.tenant.TenantReader;
import dev.clew.config.yaml.EffectiveValues;
import dev.clew.config.yaml.SourceText;
import dev.clew.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files whose content is in force, which may have changed on disk since.
 *
 * @param gateway empty without a file
 * @param tenants by tenant
 * @param traceLinks links to traces, by destination
 */
public record Sources(Optional<SourceText> gateway, Map<TenantId, SourceText> tenants, Map<String, String> traceLinks) {

    /** No files. */
    public static final Sources NONE = new Sources(Optional.empty(), Map.of(), Map.of());

    private static final String DEFAULTS = "tenant-defaults";

    public Sources {
        tenants = Map.copyOf(tenants);
        traceLinks = Map.copyOf(traceLinks);
    }

    /** Returns a tenant's file; null if it is not in force. */
    public @Nullable String file(TenantId tenant) {
        SourceText text = tenants.get(tenant);
        return text == null ? null : text.file();
    }

    /** Returns the effective values of a tenant, each with its place; parses its file. */
    public List<EffectiveValues.Value> values(TenantId tenant, Function<String, @Nullable String> environment) {
        SourceText text = tenants.get(tenant);
        return text == null
                ? List.of()
                : EffectiveValues.of(text, TenantReader.SHAPE, gateway, GatewayReader.SHAPE, DEFAULTS, environment);
    }
}
