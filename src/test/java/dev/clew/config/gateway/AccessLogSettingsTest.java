package dev.clew.config.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.AccessLogSettings.StatusFilter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogSettingsTest {

    @Test
    void logsTheChosenStatusesOnly() {
        AccessLogSettings settings = new AccessLogSettings(
                true, Optional.empty(), List.of(), List.of(StatusFilter.parse("404"), StatusFilter.parse("5xx")));

        for (int status : new int[] {404, 500, 599}) {
            assertTrue(settings.hasStatus(status), "status " + status);
        }
        for (int status : new int[] {200, 403, 405, 499, 600}) {
            assertFalse(settings.hasStatus(status), "status " + status);
        }
    }

    @Test
    void logsAllStatusesUnlessSomeAreChosen() {
        assertTrue(AccessLogSettings.STANDARD.hasStatus(200));
        assertTrue(AccessLogSettings.STANDARD.hasStatus(503));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5x", "5xxx", "6xx", "0xx", "x04", "40x", "4 4", "099", "600"})
    void rejectsWhatIsNoStatus(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> StatusFilter.parse(text))
                .getMessage();
        assertEquals("expected: a status such as 404, or a class such as 5xx", message);
    }
}
