package dev.clew.config.gateway;

import dev.clew.tenant.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Thrown for a gateway file with problems, which prevents the start: the operator's intention cannot be guessed. */
public final class InvalidGatewayFile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidGatewayFile(List<Problem> problems) {
        super(sorted(problems).map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = sorted(problems).toList();
    }

    /** Returns the problems, by line. */
    public List<Problem> problems() {
        return problems;
    }

    /** Omits tolerated problems. */
    private static Stream<Problem> sorted(List<Problem> problems) {
        return problems.stream().filter(problem -> !problem.tolerated()).sorted(Comparator.comparingInt(Problem::line));
    }
}
