package dev.clew.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

    private static final long BUDGET = 6_400;

    private final Ledger ledger = new Ledger(BUDGET);

    private Holding hold(Account account, long bytes) {
        Holding holding = new Holding(account);
        holding.set(bytes);
        return holding;
    }

    @Test
    void admitsASingleTenantUpToHalfOfTheBudget() {
        Account loud = ledger.account("loud");
        Holding held = hold(loud, BUDGET / 2);
        assertTrue(loud.admits());
        held.add(1);
        assertFalse(loud.admits());
    }

    @Test
    void allowsWorkInProgressToHoldTwiceTheFreeBytes() {
        Holding held = new Holding(ledger.account("loud"));
        assertTrue(held.set(BUDGET * 2 / 3));
        assertFalse(held.add(2));
        assertEquals(BUDGET * 2 / 3 + 2, ledger.held(), "bytes beyond the bound count too");
        assertTrue(held.add(-1), "a release is never rejected");
    }

    @Test
    void avoidsPressureFromASingleTenant() {
        Holding held = new Holding(ledger.account("loud"));
        while (held.add(1)) {
            assertEquals(Pressure.NONE, ledger.pressure());
        }
        assertTrue(ledger.connections().admits());
    }

    @Test
    void admitsATenantHoldingLessThanTheFreeBytes() {
        Account loud = ledger.account("loud");
        Account other = ledger.account("other");
        hold(loud, BUDGET * 2 / 3);
        hold(other, BUDGET / 6);
        assertFalse(loud.admits());
        assertTrue(other.admits());
    }

    @Test
    void rejectsTheLargestHolderFirst() {
        List<Account> accounts = IntStream.range(0, 10)
                .mapToObj(number -> ledger.account("t" + number))
                .toList();
        List<Holding> holdings = accounts.stream().map(Holding::new).toList();
        int rejected = 0;
        for (int round = 1; rejected < 10; round++) {
            for (int number = 0; number < 10; number++) {
                holdings.get(number).set((long) round * (number + 1));
            }
            List<Boolean> admitted = accounts.stream().map(Account::admits).toList();
            int now = (int) admitted.stream().filter(yes -> !yes).count();
            assertEquals(
                    now,
                    admitted.subList(10 - now, 10).stream().filter(yes -> !yes).count(),
                    "round " + round);
            rejected = now;
        }
    }

    @Test
    void leavesEachTenantAMinimumEvenWhenNothingIsFree() {
        Account quiet = ledger.account("quiet");
        hold(ledger.connections(), BUDGET);
        Holding held = new Holding(quiet);
        assertTrue(held.set(BUDGET / 64));
        assertTrue(quiet.admits());
        assertFalse(held.add(1));
        assertFalse(quiet.admits());
    }

    @Test
    void admitsARejectedTenantAgainOnlyWellBelowItsBound() {
        Account loud = ledger.account("loud");
        Holding held = hold(loud, BUDGET / 2 + 10);
        assertFalse(loud.admits());
        held.set(BUDGET / 2 - 10);
        assertFalse(loud.admits());
        held.set(BUDGET * 7 / 16);
        assertTrue(loud.admits());
        held.set(BUDGET / 2);
        assertTrue(loud.admits());
    }

    @ParameterizedTest
    @CsvSource({
        "0, NONE, NONE",
        "69, NONE, NONE",
        "70, NONE, SILENT_CONNECTIONS",
        "66, SILENT_CONNECTIONS, SILENT_CONNECTIONS",
        "64, SILENT_CONNECTIONS, NONE",
        "79, SILENT_CONNECTIONS, SILENT_CONNECTIONS",
        "80, NONE, NEW_CONNECTIONS",
        "76, NEW_CONNECTIONS, NEW_CONNECTIONS",
        "74, NEW_CONNECTIONS, SILENT_CONNECTIONS",
        "95, NEW_CONNECTIONS, EXHAUSTED",
        "300, NONE, EXHAUSTED",
        "10, EXHAUSTED, NONE"
    })
    void stepsComeInOrderAndGoALittleLater(long percent, Pressure before, Pressure expected) {
        assertEquals(expected, Pressure.of(percent * 64, 6_400, before));
    }

    @Test
    void rejectsConnectionsByTheTotalHeld() {
        Account connections = ledger.connections();
        Holding held = hold(connections, BUDGET * 79 / 100);
        assertTrue(connections.admits());
        held.set(BUDGET * 8 / 10);
        assertFalse(connections.admits());
        assertTrue(held.set(BUDGET * 9 / 10), "open connections continue");
        assertFalse(held.set(BUDGET * 95 / 100));
    }

    @Test
    void countsMovedBytesOnce() {
        Account one = ledger.account("one");
        Account other = ledger.account("other");
        Holding held = hold(one, 100);
        held.moveTo(other);
        held.moveTo(other);
        assertEquals(0, one.held());
        assertEquals(100, other.held());
        assertEquals(100, ledger.held());
        held.release();
        held.release();
        assertEquals(0, ledger.held());
    }

    @Test
    void rejectsAnEmptyBudget() {
        assertThrows(IllegalArgumentException.class, () -> ledger.limitTo(0));
    }

    @ParameterizedTest
    @CsvSource({"200, 1000, 80", "1000, 100, 75", "0, 0, 1"})
    void budgetFollowsFromTheScarcerMemory(long heap, long direct, long expected) {
        assertEquals(expected, MemoryBudget.of(heap, direct));
    }

    /** Threads add, move and release bytes at random; no count is ever negative, and the final sums agree. */
    @Test
    void keepsTheLedgerEqualToTheSumOfAccounts() throws Exception {
        long seed = new Random().nextLong();
        List<Account> accounts = new ArrayList<>(List.of(ledger.connections()));
        IntStream.range(0, 5).forEach(number -> accounts.add(ledger.account("t" + number)));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Holding>>> ends = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> run(accounts, new Random(seed + thread))))
                    .toList();
            List<Holding> left = new ArrayList<>();
            for (Future<List<Holding>> end : ends) {
                left.addAll(end.get());
            }
            long held = left.stream().mapToLong(Holding::bytes).sum();
            assertEquals(held, ledger.held(), "seed " + seed);
            assertEquals(held, accounts.stream().mapToLong(Account::held).sum(), "seed " + seed);
            left.forEach(Holding::release);
            accounts.forEach(account -> assertEquals(0, account.held(), "seed " + seed));
            assertEquals(0, ledger.held(), "seed " + seed);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Holding> run(List<Account> accounts, Random random) {
        List<Holding> holdings = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            Account account = accounts.get(random.nextInt(accounts.size()));
            if (holdings.size() < 50) {
                holdings.add(new Holding(account));
            }
            Holding one = holdings.get(random.nextInt(holdings.size()));
            switch (random.nextInt(4)) {
                case 0 -> one.set(random.nextInt(1_000));
                case 1 -> one.add(random.nextInt(100));
                case 2 -> one.moveTo(account);
                default -> one.release();
            }
            assertTrue(account.held() >= 0 && ledger.held() >= 0);
        }
        return holdings;
    }
}
