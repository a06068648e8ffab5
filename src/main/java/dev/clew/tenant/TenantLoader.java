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
 * Puts together the tenants whose files are right on their own, and settles what they claim from each other.
 *
 * <p>A host belongs to one tenant, or to several that each say in the same way which requests are theirs. Where claims
 * clash, the file whose name comes first keeps the host; the other is reported and its tenant left out as a whole,
 * because serving half of a tenant's hosts would hide the mistake. A file that is left out claims nothing, so a broken
 * tenant takes no host from a sound one.
 */
public final class TenantLoader {

    private TenantLoader() {}

    /**
     * A tenant whose file is right on its own.
     *
     * @param hostLines for each of the tenant's hosts the line it stands on
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
     * A snapshot of the tenants that can be served, and what was wrong with the others.
     *
     * @param accepted those in the snapshot, in the order of their files' names
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
     * Takes the candidates in order.
     *
     * @param candidates whoever comes first keeps what it claims; at start, in the order of their files' names
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

    /** Who claims what of one host, all by the means of the first. */
    private static final class HostClaims {

        private final HostClaim first;
        private final Map<HostClaim, Candidate> byClaim = new LinkedHashMap<>();

        HostClaims(HostClaim first) {
            this.first = first;
        }

        /** Whom the claim clashes with, or null. */
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
                clashes.add(new Problem(
                        candidate.file(),
                        candidate.hostLines().get(i),
                        "hosts[" + i + "]",
                        "\"" + hosts.get(i)
                                + "\" (expected: a host of this tenant only, or one shared by the same kind of"
                                + " match; also in " + rival.file() + ")"));
            }
        }
        return clashes;
    }
}
