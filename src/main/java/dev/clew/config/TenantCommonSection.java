package dev.clew.config;

import dev.clew.config.Setting.Kind;

/** Settings of a tenant that the gateway has defaults of. */
interface TenantCommonSection {

    @Setting(value = Kind.GROUP, text = "[Tracing](tracing.md) of requests.")
    TracingSection tracing();

    @Setting(value = Kind.GROUP, text = "A tenant's [limits](limits.md).")
    LimitSection limits();
}
