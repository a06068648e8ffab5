package dev.clew.gateway;

import dev.clew.export.Exports;
import dev.clew.export.FinishedSpan;
import dev.clew.export.SpanSink;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import java.util.HashMap;
import java.util.Map;

/** Leads each span to the destinations that its tenant has chosen. */
final class TenantSinks implements SpanSink {

    private final Map<String, SpanSink> byTenant = new HashMap<>();
    private final SpanSink others;

    TenantSinks(Snapshot snapshot, Exports exports) {
        this.others = exports.sink();
        for (TenantEntry entry : snapshot.tenants()) {
            byTenant.put(
                    entry.tenant().id().value(),
                    exports.to(entry.tenant().tracing().exportTo()));
        }
    }

    @Override
    public void offer(FinishedSpan span) {
        byTenant.getOrDefault(span.tenant(), others).offer(span);
    }
}
