package dev.clew.config;

import dev.clew.config.Setting.Kind;

/** Settings of a tenant that the gateway has defaults of. */
interface TenantCommonSection {

    @Setting(value = Kind.GROUP, text = "How requests are traced.")
    TracingSection tracing();

    @Setting(value = Kind.GROUP, text = "A tenant's share of the gateway.")
    LimitSection limits();
}
