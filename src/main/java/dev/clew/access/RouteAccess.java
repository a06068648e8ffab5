package dev.clew.access;

import dev.clew.header.FieldNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The access rules of a route, and the header fields removed before the request is forwarded. */
public final class RouteAccess {

    /** Accepts all requests, and forwards all their fields. */
    public static final RouteAccess OPEN = new RouteAccess(AddressRules.NONE, Requirement.NONE, List.of());

    private final AddressRules addresses;
    private final Requirement requirement;
    private final FieldNames removed;
    private final FieldNames removedWithBearer;

    /** @param schemes all of the tenant's: clients may set the identity headers of none of them on any route */
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

    /** @param caller null when not authenticated */
    public FieldNames removed(@Nullable Identity caller) {
        return requirement.removesBearer(caller) ? removedWithBearer : removed;
    }
}
