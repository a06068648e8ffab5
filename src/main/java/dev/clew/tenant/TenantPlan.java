package dev.clew.tenant;

import dev.clew.tenant.TenantLoader.Candidate;
import dev.clew.tenant.TenantLoader.Loaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Goes from the tenants in force to those that their files describe now.
 *
 * <p>What a tenant has, it keeps: against a newcomer whatever their files' names are, and when its own file can no
 * longer be used, or claims what another has, with its last good state as a whole. Among those that come or change
 * together, names decide as at start, see {@link TenantLoader}. A file that is gone takes its tenant with it.
 */
public final class TenantPlan {

    private TenantPlan() {}

    /**
     * The tenants to be in force.
     *
     * @param inForce the candidates in force by their files' names
     * @param files what each file that is there says; empty for one that cannot be used
     */
    public static Loaded of(Map<String, Candidate> inForce, SortedMap<String, Optional<Candidate>> files) {
        SortedMap<String, Candidate> kept = new TreeMap<>();
        SortedMap<String, Candidate> changed = new TreeMap<>();
        SortedMap<String, Candidate> added = new TreeMap<>();
        files.forEach((file, now) -> {
            Candidate before = inForce.get(file);
            SortedMap<String, Candidate> kind =
                    before == null ? added : now.orElse(before).equals(before) ? kept : changed;
            Optional.ofNullable(kind == kept ? before : now.orElse(null))
                    .ifPresent(candidate -> kind.put(file, candidate));
        });
        List<Problem> refusals = new ArrayList<>();
        Loaded next = load(kept, changed, added);
        // One that falls back on its last good state may stand in another's way: as often as there are changed ones at
        // most.
        for (Set<String> refused = refused(changed, next); !refused.isEmpty(); refused = refused(changed, next)) {
            for (Problem problem : next.problems()) {
                if (refused.contains(problem.file())) {
                    refusals.add(problem);
                }
            }
            refused.forEach(file -> kept.put(file, inForce.get(file)));
            changed.keySet().removeAll(refused);
            next = load(kept, changed, added);
        }
        return next.withProblems(refusals);
    }

    private static Loaded load(
            Map<String, Candidate> kept, Map<String, Candidate> changed, Map<String, Candidate> added) {
        return TenantLoader.load(Stream.of(kept, changed, added)
                .flatMap(candidates -> candidates.values().stream())
                .toList());
    }

    private static Set<String> refused(Map<String, Candidate> changed, Loaded loaded) {
        Set<String> refused = new TreeSet<>(changed.keySet());
        refused.removeAll(loaded.accepted().stream().map(Candidate::file).collect(Collectors.toSet()));
        return refused;
    }
}
