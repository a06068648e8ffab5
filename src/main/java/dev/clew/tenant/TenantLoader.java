package dev.clew.tenant;

import dev.clew.tenant.host.HostClaim;
import dev.clew.tenant.host.HostPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Combines the tenants whose files are valid, and resolves conflicts between their claims.
 *
 * <p>A host belongs to one tenant, or to several that split its requests in the same way. Where claims conflict, the
 * file whose name sorts first keeps the host; the other is reported and its tenant left out as a whole, because serving
 * half of a tenant's hosts would hide the mistake. A file that is left out claims nothing, so an invalid tenant takes
 * no host from a valid one.
 */
public final class TenantLoader {

    private TenantLoader() {}

    /**
     * A tenant whose file is valid.
     *
     * @param hostLines the line of each of the tenant's hosts
     */
    public record Candidate(String file, TenantEntry entry, List<Integer> hostLines) {

        public Candidate {
            hostLines = List.copyOf(hostLines);
            if (hostLines.size() != entry.tenant().hosts().size()) {
                throw new IllegalArgumentException("hostLines: " + hostLines + " (expected: one for each host)");
            }
        }
    }

    /**
     * A snapshot of the tenants that can be served, and the problems of the others.
     *
     * @param accepted the tenants in the snapshot, ordered by the names of their files
     */
    public record Loaded(Snapshot snapshot, List<Candidate> accepted, List<Problem> problems) {

        public Loaded {
            accepted = List.copyOf(accepted);
            problems = List.copyOf(problems);
        }

        Loaded withProblems(List<Problem> more) {
            List<Problem> all = new ArrayList<>(problems);
            all.addAll(more);
            return new Loaded(snapshot, accepted, all);
        }
    }

    /**
     * Loads the candidates in order.
     *
     * @param candidates an earlier one keeps its claims against later ones; at start, ordered by the names of their
     *     files
     */
    public static Loaded load(List<Candidate> candidates) {
        List<Candidate> accepted = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<TenantId, Candidate> byId = new HashMap<>();
        Map<HostPattern, HostClaims> owners = new HashMap<>();
        for (Candidate candidate : candidates) {
            Tenant tenant = candidate.entry().tenant();
            Candidate namesake = byId.get(tenant.id());
            List<Problem> clashes = namesake == null
                    ? clashes(candidate, owners)
                    : List.of(new Problem(
                            candidate.file(),
                            0,
                            "",
                            "tenant \"" + tenant.id() + "\" (expected: one file; also in " + namesake.file() + ")"));
            problems.addAll(clashes);
            if (clashes.isEmpty()) {
                accepted.add(candidate);
                byId.put(tenant.id(), candidate);
                tenant.hosts().forEach(host -> owners.computeIfAbsent(host, first -> new HostClaims(tenant.claim()))
                        .byClaim
                        .put(tenant.claim(), candidate));
            }
        }
        accepted.sort(Comparator.comparing(Candidate::file));
        return new Loaded(
                Snapshot.ofEntries(accepted.stream().map(Candidate::entry).toList()), accepted, problems);
    }

    /** The claims to one host, all of the same kind as the first. */
    private static final class HostClaims {

        private final HostClaim first;
        private final Map<HostClaim, Candidate> byClaim = new LinkedHashMap<>();

        HostClaims(HostClaim first) {
            this.first = first;
        }

        /** Returns the candidate that the claim conflicts with, or null. */
        @Nullable Candidate rival(HostClaim claim) {
            return claim.isCompatibleWith(first)
                    ? byClaim.get(claim)
                    : byClaim.values().iterator().next();
        }
    }

    private static List<Problem> clashes(Candidate candidate, Map<HostPattern, HostClaims> owners) {
        List<Problem> clashes = new ArrayList<>();
        List<HostPattern> hosts = candidate.entry().tenant().hosts();
        for (int i = 0; i < hosts.size(); i++) {
            HostClaims claims = owners.get(hosts.get(i));
            Candidate rival = claims == null
                    ? null
                    : claims.rival(candidate.entry().tenant().claim());
            if (rival != null) {
                String fault = '"' + hosts.get(i).toString()
                        + "\" (expected: a host of this tenant only, or one shared by the same kind of match";
                clashes.add(new Problem(
                                candidate.file(),
                                candidate.hostLines().get(i),
                                "hosts[" + i + "]",
                                fault + "; also in " + rival.file() + ')')
                        .withPublicMessage(fault + ')'));
            }
        }
        return clashes;
    }
}
