package dev.clew.gateway;

import dev.clew.exchange.EpochClock;
import dev.clew.export.OtelSettings;
import dev.clew.export.queue.AttributeLimits;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.export.sdk.SdkResource;
import dev.clew.export.sdk.SdkSpans;
import dev.clew.export.settings.SdkSettings;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sets up OpenTelemetry's SDK, which Quarkus creates: gives it checked settings, and takes over its resource and limits
 * for the spans that the gateway makes itself.
 */
@Singleton
public class SdkSetup implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {

    private static final List<String> CONFIG_FILES = List.of("otel.config.file", "otel.experimental.config.file");

    private final SdkSettings settings;
    private final SdkSpans spans;
    private final EpochClock clock;
    private Resource resource = Resource.getDefault();

    /**
     * Depends on nothing that reads files: Quarkus creates the SDK early, where a mistake in a file could not be
     * reported in plain lines.
     */
    SdkSetup(@ConfigProperty(name = "quarkus.application.version") String version, SdkSpans spans, EpochClock clock) {
        this.settings = OtelSettings.read(TelemetryVariables::value, version).sdk();
        this.spans = spans;
        this.clock = clock;
    }

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        // The SDK looks for a file before it asks for other properties, and ends the start if it finds a name of one.
        CONFIG_FILES.forEach(name -> System.setProperty(name, ""));
        builder.addPropertiesCustomizer(properties -> {
            // The builder asks for properties first: added here, this customizer runs after those of all beans.
            builder.addResourceCustomizer((made, config) -> resource = complete(made));
            return settings.properties();
        });
        builder.addSamplerCustomizer((configured, config) -> SdkSpans.sampler(configured));
        builder.addTracerProviderCustomizer(
                (provider, config) -> provider.setClock(clock).addSpanProcessor(spans));
    }

    /** Returns the resource with the operator's attributes, and with those that OpenTelemetry recommends. */
    private Resource complete(Resource made) {
        return made.merge(SdkResource.ofProcess()).merge(Resource.create(settings.resource()));
    }

    @Produces
    @Singleton
    InternalSpans internalSpans(OpenTelemetry sdk, OtelSettings otel, EpochClock clock) {
        return new InternalSpans(sdk, otel.internalSpans(), clock::epochNanosAt);
    }

    @Produces
    @Singleton
    SpanOrigin origin(OpenTelemetry sdk, @ConfigProperty(name = "quarkus.application.version") String version) {
        AttributeLimits limits = sdk instanceof OpenTelemetrySdk made
                ? AttributeLimits.of(made.getSdkTracerProvider().getSpanLimits())
                : AttributeLimits.DEFAULT;
        return new SpanOrigin(
                resource,
                InstrumentationScopeInfo.builder("dev.clew").setVersion(version).build(),
                limits);
    }
}
