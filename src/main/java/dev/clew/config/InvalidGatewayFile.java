package dev.clew.config;

import dev.clew.tenant.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The gateway's own file is wrong. There is no safe guess at what the operator meant, so the gateway does not start. */
public final class InvalidGatewayFile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidGatewayFile(List<Problem> problems) {
        super(problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(Problem::toString)
                .collect(Collectors.joining("\n")));
    }
}
