package dev.clew.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionBoundsTest {

    @Test
    void configurationDecidesWhereDescriptorsSuffice() {
        ConnectionBounds bounds = ConnectionBounds.of(10_000, 1_048_576, 100);
        assertEquals(10_000, bounds.clients());
        assertFalse(bounds.isLowered());
    }

    @Test
    void halfOfTheDescriptorsThatAreLeftIsForClients() {
        ConnectionBounds bounds = ConnectionBounds.of(10_000, 400, 100);
        assertEquals((400 - 100 - FileDescriptors.RESERVE) / 2, bounds.clients());
        assertTrue(bounds.isLowered());
    }

    @Test
    void oneClientIsServedHoweverFewDescriptorsThereAre() {
        assertEquals(1, ConnectionBounds.of(10_000, 64, 100).clients());
    }

    @Test
    void anyNumberIsAllowedWhereNothingBoundsIt() {
        ConnectionBounds bounds = ConnectionBounds.of(0, FileDescriptors.UNKNOWN, 0);
        assertEquals(Integer.MAX_VALUE, bounds.clients());
        assertFalse(bounds.isLowered());
    }

    @Test
    void softLimitIsReadAsTheSystemTellsIt() {
        String head = "Limit                     Soft Limit           Hard Limit           Units     ";
        assertEquals(
                400,
                FileDescriptors.limit(List.of(
                        head, "Max open files            400                  1048576              files     ")));
        assertEquals(
                FileDescriptors.UNKNOWN,
                FileDescriptors.limit(List.of(
                        head, "Max open files            unlimited            unlimited            files     ")));
        assertEquals(FileDescriptors.UNKNOWN, FileDescriptors.limit(List.of(head)));
    }

    @Test
    void thisProcessHasALimitAndOpenFiles() {
        int open = FileDescriptors.open();
        assertTrue(open > 0 && open < FileDescriptors.limit(), () -> open + " of " + FileDescriptors.limit());
    }
}
