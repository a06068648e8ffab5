package dev.clew.config.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.TenantFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportTargetsTest {

    @Test
    void anUnknownDestinationIsAProblemOfTheTenantThatNamesIt() {
        String file = TenantFiles.VALID + "tracing:\n  export-to: [default, amp, nowhere]\n";

        assertEquals(
                List.of(
                        "tenants/acme.yaml:22: tracing.export-to[1]: \"amp\" is no destination (did you mean"
                                + " \"apm\"?); spans for it are dropped",
                        "tenants/acme.yaml:22: tracing.export-to[2]: \"nowhere\" is no destination (expected: one of"
                                + " apm, default); spans for it are dropped"),
                TenantFiles.problems(file.replaceFirst("tracing:\n  inbound: preserve\n  sampling: .*\n", "")));
    }

    @Test
    void aTenantWithoutUpstreamsIsServedIfItsRoutesNeedNone() {
        String file = "hosts: [a.test]\nroutes: [{name: a, match: {path: /**}, respond: {status: 200}}]\n";

        assertTrue(TenantFiles.read(file).isPresent());
        assertEquals(
                List.of("tenants/acme.yaml:2: routes[0].upstream: \"x\" is no upstream of this tenant"),
                TenantFiles.problems(file.replace("respond: {status: 200}", "upstream: x")));
    }
}
