package dev.clew.access;

import dev.clew.header.FieldNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may take a route, and which header fields of theirs go no further than the gateway. */
public final class RouteAccess {

    /** Anybody, with whatever they send. */
    public static final RouteAccess OPEN = new RouteAccess(AddressRules.NONE, Requirement.NONE, List.of());

    private final AddressRules addresses;
    private final Requirement requirement;
    private final FieldNames removed;
    private final FieldNames removedWithBearer;

    /** @param schemes all of the tenant's: what one tells an upstream no client may say anywhere */
    public RouteAccess(AddressRules addresses, Requirement requirement, Iterable<? extends Scheme> schemes) {
        this.addresses = addresses;
        this.requirement = requirement;
        List<String> names = new ArrayList<>();
        for (Scheme scheme : schemes) {
            scheme.identityHeaders().forEach(names::add);
            if (!scheme.isBearer() && !scheme.passes()) {
                names.add(scheme.header());
            }
        }
        this.removed = FieldNames.of(names);
        names.add(Scheme.AUTHORIZATION);
        this.removedWithBearer = FieldNames.of(names);
    }

    public AddressRules addresses() {
        return addresses;
    }

    public Requirement requirement() {
        return requirement;
    }

    /** @param caller null for nobody */
    public FieldNames removed(@Nullable Identity caller) {
        return requirement.hidesBearer(caller) ? removedWithBearer : removed;
    }
}
