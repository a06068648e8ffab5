package dev.clew.management;

import dev.clew.tenant.TenantId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of a file, each with the tenants that it shows. Immutable. */
public final class Tokens {

    /** Matches no request. */
    public static final Tokens NONE = new Tokens(List.of(), List.of());

    private final List<Grant> grants;
    private final List<Integer> invalidLines;

    private Tokens(List<Grant> grants, List<Integer> invalidLines) {
        this.grants = List.copyOf(grants);
        this.invalidLines = List.copyOf(invalidLines);
    }

    private record Grant(BearerToken token, Viewer viewer) {}

    /**
     * Parses lines of a token and, after a blank, the tenants that it shows, separated by commas; without them, it
     * shows all. The first line of a token counts; another is invalid. Skips empty lines, and those that begin with
     * {@code #} and a blank, which no token contains.
     */
    static Tokens parse(String content) {
        List<Grant> grants = new ArrayList<>();
        List<Integer> invalid = new ArrayList<>();
        int number = 0;
        for (String raw : content.lines().toList()) {
            number++;
            String line = raw.strip();
            if (!line.isEmpty() && !line.equals("#") && !line.startsWith("# ")) {
                Grant grant = grant(line);
                if (grant == null || grants.stream().anyMatch(other -> other.token.isSame(grant.token))) {
                    invalid.add(number);
                } else {
                    grants.add(grant);
                }
            }
        }
        return new Tokens(grants, invalid);
    }

    private static @Nullable Grant grant(String line) {
        int blank = line.indexOf(' ');
        BearerToken token = BearerToken.of(blank < 0 ? line : line.substring(0, blank));
        Viewer viewer = blank < 0 ? Viewer.OF_ALL : viewerOf(line.substring(blank + 1));
        return token == null || viewer == null ? null : new Grant(token, viewer);
    }

    /** Returns null for a list with an invalid name: a mistyped one must not show more than was meant. */
    private static @Nullable Viewer viewerOf(String list) {
        Set<String> tenants = new HashSet<>();
        for (String name : list.strip().split(",", -1)) {
            try {
                tenants.add(new TenantId(name.strip()).value());
            } catch (IllegalArgumentException invalid) {
                return null;
            }
        }
        return Viewer.of(tenants);
    }

    /**
     * Returns the viewer whose token a request carries, or null. Compares all tokens, in constant time.
     *
     * @param authorization the field's value, or null
     */
    public @Nullable Viewer viewer(@Nullable String authorization) {
        Viewer found = null;
        for (Grant grant : grants) {
            if (grant.token.matches(authorization)) {
                found = grant.viewer;
            }
        }
        return found;
    }

    /** Returns whether a cookie was made of one of these tokens, see {@link #consoleCookie}. */
    boolean includesCookie(String value) {
        boolean found = false;
        for (Grant grant : grants) {
            found |= grant.token.isCookie(value);
        }
        return found;
    }

    /** Returns the value of the cookie that opens the console's files, for a request with a valid token. */
    String consoleCookie(@Nullable String authorization) {
        for (Grant grant : grants) {
            if (grant.token.matches(authorization)) {
                return grant.token.cookie();
            }
        }
        return "";
    }

    boolean isEmpty() {
        return grants.isEmpty();
    }

    /** Returns the numbers of lines that are neither a new token nor a comment. */
    List<Integer> invalidLines() {
        return invalidLines;
    }

    boolean isSame(Tokens other) {
        if (grants.size() != other.grants.size() || !invalidLines.equals(other.invalidLines)) {
            return false;
        }
        for (int i = 0; i < grants.size(); i++) {
            Grant mine = grants.get(i);
            Grant its = other.grants.get(i);
            if (!mine.token.isSame(its.token) || !mine.viewer.equals(its.viewer)) {
                return false;
            }
        }
        return true;
    }

    /** Contains no token. */
    @Override
    public String toString() {
        return grants.size() + " tokens";
    }
}
