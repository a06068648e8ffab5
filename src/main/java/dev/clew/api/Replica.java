package dev.clew.api;

/**
 * This process among the gateway's replicas.
 *
 * @param name for people, such as the pod's
 * @param id differs between processes, by which a replica recognises itself among its peers
 */
public record Replica(String name, String id) {

    /** The response field with the replica's ID. */
    static final String FIELD = "clew-replica";
}
