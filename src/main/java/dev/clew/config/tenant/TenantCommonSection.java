package dev.clew.config.tenant;

import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;

/** Settings of a tenant that have defaults in the gateway's file. */
public interface TenantCommonSection {

    @Setting(value = Kind.GROUP, text = "[Tracing](tracing.md) of requests.")
    TracingSection tracing();

    @Setting(value = Kind.GROUP, text = "A tenant's [limits](limits.md).")
    LimitSection limits();

    @Setting(value = Kind.GROUP, text = "A tenant's lines in the [access log](tracing.md#the-access-log).")
    LogSection accessLog();
}
