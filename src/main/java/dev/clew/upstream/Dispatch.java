package dev.clew.upstream;

import dev.clew.error.ErrorKind;
import dev.clew.error.GrpcStatus;
import org.jspecify.annotations.Nullable;

/** One attempt and what it holds at its upstream: the address, that address's client, and the circuit's pass. */
public final class Dispatch {

    private final UpstreamPool pool;
    private final Target target;
    private final LoopClient client;
    private Circuit.@Nullable Pass pass;

    /** @param pass null for a mirrored request, which the circuit does not count */
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

    /** Returns whether the attempt probes a half-open circuit. */
    public boolean isProbe() {
        return pass != null && pass.isProbe();
    }

    /** Reports the response head to the circuit. */
    public void responded(int status) {
        if (pass != null) {
            pass = pool.circuit().responded(pass, status);
        }
    }

    /**
     * Reports the end of the attempt; called exactly once.
     *
     * @param status of the response; 0 when there was none
     * @param grpc gRPC status; null for other requests, or when the upstream sent none
     * @param failure null when there was none, or none that concerns the upstream
     */
    public void ended(int status, @Nullable GrpcStatus grpc, @Nullable ErrorKind failure) {
        pool.ended(target, client, status, failure);
        if (pass != null) {
            pool.circuit().ended(pass, status, grpc, failure);
        }
    }
}
