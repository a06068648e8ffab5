package dev.clew.config;

import dev.clew.config.Setting.Kind;

/** Settings of a tenant that the gateway has defaults of. */
interface TenantCommonSection {

    @Setting(value = Kind.GROUP, text = "How requests are [traced](tracing.md).")
    TracingSection tracing();

    @Setting(value = Kind.GROUP, text = "A tenant's [share of the gateway](limits.md).")
    LimitSection limits();
}
