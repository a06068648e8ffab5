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
 * Plans the change from the tenants in force to those that their files describe now.
 *
 * <p>A tenant in force keeps its hosts against a new tenant, whatever the names of their files. If its own file becomes
 * unusable, or claims a host of another tenant, its last valid state stays in force as a whole. Among tenants that are
 * new or change together, file names decide as at start, see {@link TenantLoader}. The tenant of a deleted file is
 * removed.
 */
public final class TenantPlan {

    private TenantPlan() {}

    /**
     * Returns the tenants to put in force.
     *
     * @param inForce the candidates in force, by the names of their files
     * @param files the candidate of each existing file; empty for an unusable file
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
        List<Problem> rejections = new ArrayList<>();
        Loaded next = load(kept, changed, added);
        // A tenant that falls back to its last valid state may conflict with another: at most once per changed tenant.
        for (Set<String> rejected = rejected(changed, next); !rejected.isEmpty(); rejected = rejected(changed, next)) {
            for (Problem problem : next.problems()) {
                if (rejected.contains(problem.file())) {
                    rejections.add(problem);
                }
            }
            rejected.forEach(file -> kept.put(file, inForce.get(file)));
            changed.keySet().removeAll(rejected);
            next = load(kept, changed, added);
        }
        return next.withProblems(rejections);
    }

    private static Loaded load(
            Map<String, Candidate> kept, Map<String, Candidate> changed, Map<String, Candidate> added) {
        return TenantLoader.load(Stream.of(kept, changed, added)
                .flatMap(candidates -> candidates.values().stream())
                .toList());
    }

    private static Set<String> rejected(Map<String, Candidate> changed, Loaded loaded) {
        Set<String> rejected = new TreeSet<>(changed.keySet());
        rejected.removeAll(loaded.accepted().stream().map(Candidate::file).collect(Collectors.toSet()));
        return rejected;
    }
}
