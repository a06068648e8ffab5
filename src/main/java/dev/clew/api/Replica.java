package dev.clew.api;

/**
 * This process among the gateway's replicas.
 *
 * @param name for people, such as the pod's
 * @param id differs between processes, by which a replica recognises itself among its peers
 */
public record Replica(String name, String id) {

    /** The field with the ID of the replica that responds, and of the one that asks another. */
    static final String FIELD = "clew-replica";
}
