package dev.clew.config.tenant;

import dev.clew.config.yaml.ChangedFiles;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantLoader.Candidate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of reading one tenant's file.
 *
 * @param candidate empty when there is a problem that is not tolerated
 * @param parts other files that it uses, such as certificates, with their {@linkplain ChangedFiles#digest digests}
 */
public record TenantReading(Optional<Candidate> candidate, List<Problem> problems, Map<Path, String> parts) {

    public TenantReading {
        problems = List.copyOf(problems);
        parts = Map.copyOf(parts);
    }

    public static TenantReading unusable(List<Problem> problems) {
        return new TenantReading(Optional.empty(), problems, Map.of());
    }
}
