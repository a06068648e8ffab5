package dev.clew.export.sdk;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.util.UUID;

/** Attributes of the process that neither the SDK nor Quarkus adds to the resource. */
public final class SdkResource {

    /** The semantic conventions that define the attributes' names, and so the resource's schema. */
    private static final String SCHEMA = "https://opentelemetry.io/schemas/1.37.0";

    private SdkResource() {}

    /** Returns the attributes of this process; {@code service.instance.id} differs for each call. */
    public static Resource ofProcess() {
        return Resource.create(
                Attributes.builder()
                        .put("service.instance.id", UUID.randomUUID().toString())
                        .put("process.pid", ProcessHandle.current().pid())
                        .put("process.runtime.name", System.getProperty("java.runtime.name", "unknown"))
                        .put("process.runtime.version", System.getProperty("java.runtime.version", "unknown"))
                        .build(),
                SCHEMA);
    }
}
