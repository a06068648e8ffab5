package dev.clew.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Deadlines deadlines = new Deadlines();
    private final List<String> expired = new ArrayList<>();

    private final class Named extends Deadlines.Deadline {

        private final String name;
        private Runnable then = () -> {};

        Named(String name) {
            this.name = name;
        }

        @Override
        protected void expired() {
            expired.add(name);
            then.run();
        }

        void end() {
            cancel();
        }
    }

    @Test
    void endsWhatIsDueOnceAndNothingElse() {
        deadlines.add(new Named("due"), 10);
        deadlines.add(new Named("exactly due"), 20);
        deadlines.add(new Named("later"), 21);

        deadlines.expire(20);
        deadlines.expire(20);

        assertEquals(List.of("exactly due", "due"), expired);
    }

    @Test
    void forgetsWhatWasCancelledWhereverItStood() {
        Named first = new Named("first");
        Named middle = new Named("middle");
        Named last = new Named("last");
        deadlines.add(first, 1);
        deadlines.add(middle, 1);
        deadlines.add(last, 1);

        middle.end();
        last.end();
        last.end();
        deadlines.expire(1);

        assertEquals(List.of("first"), expired);
    }

    @Test
    void movesADeadlineThatIsAddedAgain() {
        Named extended = new Named("extended");
        deadlines.add(extended, 1);
        deadlines.add(extended, 5);

        deadlines.expire(4);
        assertEquals(List.of(), expired);
        deadlines.expire(5);
        assertEquals(List.of("extended"), expired);
    }

    @Test
    void sparesWhatAnotherExpiryHasCancelledOrExtended() {
        Named cancelled = new Named("cancelled");
        Named extended = new Named("extended");
        Named first = new Named("first");
        first.then = () -> {
            cancelled.end();
            deadlines.add(extended, 9);
        };
        deadlines.add(cancelled, 1);
        deadlines.add(extended, 1);
        deadlines.add(first, 1);

        deadlines.expire(1);

        assertEquals(List.of("first"), expired);
    }

    @Test
    void survivesTheWrapOfTheClock() {
        deadlines.add(new Named("after the wrap"), Long.MIN_VALUE + 5);

        deadlines.expire(Long.MAX_VALUE - 5);
        assertEquals(List.of(), expired);
        deadlines.expire(Long.MIN_VALUE + 5);
        assertEquals(List.of("after the wrap"), expired);
    }
}
