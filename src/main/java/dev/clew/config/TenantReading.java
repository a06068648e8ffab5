package dev.clew.config;

import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantLoader.Candidate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of reading one tenant's file.
 *
 * @param candidate empty when anything is wrong that is not tolerated
 * @param parts the other files that it takes something from, such as certificates
 */
record TenantReading(Optional<Candidate> candidate, List<Problem> problems, Set<Path> parts) {

    TenantReading {
        problems = List.copyOf(problems);
        parts = Set.copyOf(parts);
    }

    static TenantReading unusable(List<Problem> problems) {
        return new TenantReading(Optional.empty(), problems, Set.of());
    }
}
