package dev.clew.gateway;

import dev.clew.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready without a tenant: every request would get 404, and a mistyped mount would go unnoticed until clients find
 * it.
 */
@Readiness
@ApplicationScoped
public class TenantHealth implements HealthCheck {

    private final Tenants tenants;

    TenantHealth(Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public HealthCheckResponse call() {
        int served = tenants.current().tenants().size();
        HealthCheckResponseBuilder check =
                HealthCheckResponse.named("Tenants").withData("served", served).status(served > 0);
        return served > 0
                ? check.build()
                : check.withData("why", "no tenant can be served; /q/config and the log tell why")
                        .build();
    }
}
