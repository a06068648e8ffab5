package dev.clew.contract.grpc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.world.Contract;
import dev.clew.contract.world.GrpcServices;
import dev.clew.contract.world.NeverBlocked;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gRPC project's own client and server, with the gateway in between. */
@ExtendWith(NeverBlocked.class)
abstract class InteropContract extends Contract {

    GrpcServices grpc;

    static Stream<Named<Method>> cases() {
        return Interop.cases().map(method -> Named.of(method.getName(), method));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesInClearText(Method method) throws Throwable {
        run(method, false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesOverTls(Method method) throws Throwable {
        run(method, true);
    }

    @Test
    void thereAreAsManyCasesAsThatClaims() {
        assertTrue(
                Interop.cases().count() >= 30, () -> "cases: " + Interop.cases().count());
    }

    private void run(Method method, boolean tls) throws Throwable {
        try (Interop interop = new Interop(tls ? world.tlsPort() : port(), tls, grpc.interopPort())) {
            method.invoke(interop);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
