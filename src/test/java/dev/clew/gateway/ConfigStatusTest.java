package dev.clew.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.testing.ExampleTenants;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigStatusTest {

    private static TenantEntry entry(String id) {
        return TenantEntry.of(ExampleTenants.tenant(id, id + ".test"));
    }

    @Test
    void namesTheTenantsThatDiffer() {
        TenantEntry same = entry("same");
        Snapshot before = Snapshot.ofEntries(List.of(same, entry("changed"), entry("gone"), entry("past")));
        Snapshot now = Snapshot.ofEntries(List.of(same, entry("changed"), entry("new")));
        assertEquals("added new; changed changed; removed gone, past", ConfigStatus.changes(before, now));
        assertEquals("", ConfigStatus.changes(before, before));
    }

    @Test
    void namesTenAndCountsTheOthers() {
        List<TenantEntry> entries = new ArrayList<>();
        IntStream.range(10, 20).forEach(number -> entries.add(entry("t" + number)));
        String ten = "added t10, t11, t12, t13, t14, t15, t16, t17, t18, t19";
        assertEquals(ten, ConfigStatus.changes(Snapshot.EMPTY, Snapshot.ofEntries(entries)));
        entries.add(entry("t20"));
        assertEquals(ten + " and 1 more", ConfigStatus.changes(Snapshot.EMPTY, Snapshot.ofEntries(entries)));
    }
}
