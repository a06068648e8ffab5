package dev.clew.gateway;

import static dev.clew.testing.ExampleTenants.tenant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.tenant.Snapshot;
import dev.clew.tenant.SnapshotUser;
import dev.clew.tenant.Tenants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotChangeTest {

    private final Snapshot first = Snapshot.of(List.of());
    private final Snapshot second = Snapshot.of(List.of(tenant("a", "a.test")));
    private final Tenants tenants = new Tenants(first);
    private final List<String> steps = new ArrayList<>();

    /** A user of snapshots that records the calls. */
    private class User implements SnapshotUser {

        private final String name;

        User(String name) {
            this.name = name;
        }

        @Override
        public void prepare(Snapshot snapshot) {
            steps.add(name + " prepares");
            assertSame(first, tenants.current(), "no request sees the next one yet");
        }

        @Override
        public void retain(Collection<Snapshot> live) {
            steps.add(name + " retains " + live.size());
        }
    }

    private final class Broken extends User {

        Broken() {
            super("broken");
        }

        @Override
        public void prepare(Snapshot snapshot) {
            throw new IllegalArgumentException("cannot make ready");
        }
    }

    private SnapshotChange change(User... users) {
        return new SnapshotChange(tenants, List.of(users), snapshot -> steps.add("shown"));
    }

    @Test
    void makesEverythingReadyThenShowsThenPutsInForce() {
        assertSame(first, change(new User("a"), new User("b")).apply(second));

        assertEquals(List.of("a prepares", "b prepares", "shown"), steps);
        assertSame(second, tenants.current());
    }

    @Test
    void doesNothingForTheSnapshotInForce() {
        assertSame(first, change(new User("a")).apply(first));

        assertEquals(List.of(), steps);
    }

    @Test
    void letsGoOfTheSnapshotBeforeWhenItsLastRequestHasEnded() {
        SnapshotChange change = change(new User("a"));
        tenants.begin();
        change.apply(second);
        steps.clear();

        assertFalse(change.retire());
        first.ended();
        assertFalse(change.retire(), "found unused once");
        assertTrue(change.retire());
        assertFalse(change.retire());
        assertEquals(List.of("a retains 1"), steps);
    }

    @Test
    void keepsTheSnapshotInForceAndLetsGoOfTheRestWhereOneCannotMakeReady() {
        SnapshotChange change = change(new User("a"), new Broken());

        assertThrows(IllegalArgumentException.class, () -> change.apply(second));
        assertSame(first, tenants.current());
        assertEquals(List.of("a prepares", "a retains 1", "broken retains 1"), steps);
    }

    @Test
    void namesTheDestinationsOfAllLiveSnapshots() {
        SnapshotChange change = change();
        assertEquals(Set.of(), change.destinations());
        change.apply(second);
        tenants.begin();
        change.apply(Snapshot.of(List.of()));

        assertEquals(Set.of(List.of("default")), change.destinations());
    }
}
