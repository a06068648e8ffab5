package dev.clew.upstream;

import dev.clew.error.ErrorKind;
import dev.clew.error.GrpcStatus;
import org.jspecify.annotations.Nullable;

/** One attempt as its upstream counts it: the address it goes to, that address's client, and the circuit's leave. */
public final class Dispatch {

    private final UpstreamPool pool;
    private final Target target;
    private final LoopClient client;
    private Circuit.@Nullable Pass pass;

    /** @param pass null for a copy, which says nothing to the circuit */
    Dispatch(UpstreamPool pool, Target target, LoopClient client, Circuit.@Nullable Pass pass) {
        this.pool = pool;
        this.target = target;
        this.client = client;
        this.pass = pass;
    }

    public Target target() {
        return target;
    }

    public LoopClient client() {
        return client;
    }

    /** Returns whether it tries an upstream whose circuit was open. */
    public boolean isProbe() {
        return pass != null && pass.isProbe();
    }

    /** The head of the response came. */
    public void responded(int status) {
        if (pass != null) {
            pass = pool.circuit().responded(pass, status);
        }
    }

    /**
     * The attempt is over, however it ended; to be called exactly once.
     *
     * @param status of the response; 0 when there was none
     * @param grpc how a gRPC call ended; null for what is none, or when the upstream did not say
     * @param failure null when there was none, or none that says anything about the upstream
     */
    public void ended(int status, @Nullable GrpcStatus grpc, @Nullable ErrorKind failure) {
        pool.ended(target, client, status, failure);
        if (pass != null) {
            pool.circuit().ended(pass, status, grpc, failure);
        }
    }
}
