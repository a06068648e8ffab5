package dev.clew.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionBoundsTest {

    @Test
    void appliesTheConfiguredLimitIfDescriptorsSuffice() {
        ConnectionBounds bounds = ConnectionBounds.of(10_000, 1_048_576, 100);
        assertEquals(10_000, bounds.clients());
        assertFalse(bounds.isLowered());
    }

    @Test
    void givesClientsHalfOfTheRemainingDescriptors() {
        ConnectionBounds bounds = ConnectionBounds.of(10_000, 400, 100);
        assertEquals((400 - 100 - FileDescriptors.RESERVE) / 2, bounds.clients());
        assertTrue(bounds.isLowered());
    }

    @Test
    void allowsOneClientHoweverFewDescriptorsAreLeft() {
        assertEquals(1, ConnectionBounds.of(10_000, 64, 100).clients());
    }

    @Test
    void isUnlimitedWithoutConfigurationOrDescriptorLimit() {
        ConnectionBounds bounds = ConnectionBounds.of(0, FileDescriptors.UNKNOWN, 0);
        assertEquals(Integer.MAX_VALUE, bounds.clients());
        assertFalse(bounds.isLowered());
    }

    @Test
    void readsTheSoftLimit() {
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
    void readsTheLimitAndOpenFilesOfThisProcess() {
        int open = FileDescriptors.open();
        assertTrue(open > 0 && open < FileDescriptors.limit(), () -> open + " of " + FileDescriptors.limit());
    }
}
