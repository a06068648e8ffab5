package dev.clew.trace.context;

import dev.clew.grammar.HttpToken;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one tenant's upstreams get as {@code baggage} (W3C Baggage, section 3.3): the tenant's ID, set by the gateway,
 * and those of the caller's members whose keys the tenant lets pass.
 *
 * <p>A malformed member is left out and the others stay: a system may remove an entry that is not in the specified
 * format (section 3.4, «Mutating baggage»), and one library's mistake must not cost another's entry. When there are
 * more than 64 members, or they make more than 8192 bytes, those that do not fit are left out whole (section 3.3.2,
 * «Limits»).
 */
public final class Baggage {
    static final int MAX_MEMBERS = 64;
    static final int MAX_BYTES = 8192;

    private static final String TENANT = "tenant.id";

    private final String own;
    private final Set<String> passed;

    /**
     * Made once for a tenant.
     *
     * @param tenantId letters, digits and hyphens, so that it needs no percent-encoding
     * @param keys which of the caller's members pass, all of them tokens; the gateway's own key never does
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

    /** Whether anything of a caller's can pass, so that it need not be looked for where nothing can. */
    public boolean passesCallers() {
        return !passed.isEmpty();
    }

    /**
     * The header's value; never empty.
     *
     * @param lines every line of the caller's {@code baggage}, in order; none when nothing of the caller's is to pass
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
