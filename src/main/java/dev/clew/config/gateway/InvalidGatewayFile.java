package dev.clew.config.gateway;

import dev.clew.tenant.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gateway's own file is wrong. There is no safe guess at what the operator meant, so the gateway does not start.
 */
public final class InvalidGatewayFile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidGatewayFile(List<Problem> problems) {
        super(sorted(problems).map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = sorted(problems).toList();
    }

    /** All that is wrong with it, by line. */
    public List<Problem> problems() {
        return problems;
    }

    /** Without what would be tolerated by itself. */
    private static Stream<Problem> sorted(List<Problem> problems) {
        return problems.stream().filter(problem -> !problem.tolerated()).sorted(Comparator.comparingInt(Problem::line));
    }
}
