package dev.clew.trace.context;

import dev.clew.grammar.HttpToken;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The {@code baggage} sent to one tenant's upstreams (W3C Baggage, section 3.3): the tenant's ID, set by the gateway,
 * and the caller's members whose keys the tenant allows.
 *
 * <p>A malformed member is left out and the others stay: an intermediary may remove an entry that is not in the
 * specified format (section 3.4, «Mutating baggage»), and one library's mistake must not cost another's entry. Beyond
 * 64 members or 8192 bytes, members that do not fit are left out whole (section 3.3.2, «Limits»).
 */
public final class Baggage {
    static final int MAX_MEMBERS = 64;
    static final int MAX_BYTES = 8192;

    private static final String TENANT = "tenant.id";

    private final String own;
    private final Set<String> passed;

    /**
     * Creates the baggage of a tenant; done once per tenant.
     *
     * @param tenantId letters, digits and hyphens, so that it needs no percent-encoding
     * @param keys keys of the caller's members to pass on, each a token; the gateway's own key never passes
     */
    public Baggage(String tenantId, List<String> keys) {
        for (String key : keys) {
            if (!HttpToken.is(key)) {
                throw new IllegalArgumentException("baggage: " + key + " (expected: a token)");
            }
        }
        this.own = TENANT + "=" + tenantId;
        this.passed = keys.stream().filter(key -> !key.equals(TENANT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns true if any member of a caller may pass; otherwise the header need not be read. */
    public boolean passesCallers() {
        return !passed.isEmpty();
    }

    /**
     * Returns the value of the header; never empty.
     *
     * @param lines every line of the caller's {@code baggage}, in order; empty to pass nothing of the caller's
     */
    public String outbound(List<String> lines) {
        if (lines.isEmpty() || !passesCallers()) {
            return own;
        }
        StringBuilder list = new StringBuilder(own);
        int members = 1;
        for (String line : lines) {
            int length = line.length();
            for (int from = 0, to; from < length && members < MAX_MEMBERS; from = to + 1) {
                to = BaggageMember.index(line, ',', from, length);
                if (BaggageMember.appendTo(list, line, from, to, passed)) {
                    members++;
                }
            }
        }
        return list.toString();
    }
}
