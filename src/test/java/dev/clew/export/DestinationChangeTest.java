package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.clew.export.DestinationChange.Add;
import dev.clew.export.DestinationChange.Remove;
import dev.clew.export.DestinationChange.Replace;
import dev.clew.export.settings.DestinationReading;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.OtlpSettings;
import dev.clew.export.settings.QueueSettings;
import dev.clew.export.settings.SettingProblem;
import dev.clew.export.settings.Signal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DestinationChangeTest {

    private static final SettingProblem PROBLEM = new SettingProblem("endpoint", "wrong");

    private static DestinationReading reading(String name, String endpoint, SettingProblem... problems) {
        OtlpSettings otlp = new OtlpSettings(
                OtlpSettings.Protocol.GRPC,
                endpoint,
                Map.of("authorization", "s3cr3t"),
                Duration.ofSeconds(1),
                false,
                new OtlpSettings.Tls("authorities", "s3cr3t", "certificate"));
        return new DestinationReading(
                new DestinationSettings(Signal.TRACES, name, otlp, QueueSettings.DEFAULT), List.of(problems));
    }

    private static List<DestinationChange> plan(List<DestinationReading> now, DestinationReading... wanted) {
        Map<String, DestinationReading> byName = new LinkedHashMap<>();
        now.forEach(reading -> byName.put(reading.name(), reading));
        return DestinationChange.plan(byName, List.of(wanted));
    }

    @Test
    void doesNothingWhereNothingIsDifferent() {
        assertEquals(List.of(), plan(List.of(reading("a", "http://a")), reading("a", "http://a")));
        assertEquals(List.of(), plan(List.of()));
    }

    @Test
    void addsReplacesAndRemoves() {
        DestinationReading moved = reading("b", "http://elsewhere");
        DestinationReading added = reading("c", "http://c");
        assertEquals(
                List.of(new Replace(moved), new Add(added), new Remove("a")),
                plan(List.of(reading("a", "http://a"), reading("b", "http://b")), moved, added));
    }

    @Test
    void keepsGoodSettingsRatherThanTakeBadOnes() {
        assertEquals(List.of(), plan(List.of(reading("a", "http://a")), reading("a", "http://localhost", PROBLEM)));
    }

    @Test
    void takesBetterSettingsInPlaceOfBadOnes() {
        DestinationReading bad = reading("a", "http://a", PROBLEM);
        DestinationReading other = reading("a", "http://b", PROBLEM);
        DestinationReading good = reading("a", "http://b");
        assertEquals(List.of(new Replace(other)), plan(List.of(bad), other));
        assertEquals(List.of(new Replace(good)), plan(List.of(bad), good));
    }

    @Test
    void addsADestinationWhateverItsSettings() {
        DestinationReading bad = reading("a", "http://a", PROBLEM);
        assertEquals(List.of(new Add(bad)), plan(List.of(), bad));
    }

    @Test
    void comparesCredentialsAndShowsNone() {
        DestinationSettings settings = reading("a", "http://a").settings();
        OtlpSettings otlp = settings.otlp();
        OtlpSettings rotated = new OtlpSettings(
                otlp.protocol(),
                otlp.endpoint(),
                Map.of("authorization", "new"),
                otlp.timeout(),
                otlp.gzip(),
                otlp.tls());
        OtlpSettings otherKey = new OtlpSettings(
                otlp.protocol(),
                otlp.endpoint(),
                otlp.headers(),
                otlp.timeout(),
                otlp.gzip(),
                new OtlpSettings.Tls("authorities", "new", "certificate"));
        assertEquals(otlp, reading("a", "http://a").settings().otlp());
        assertNotEquals(otlp, rotated);
        assertNotEquals(otlp, otherKey);
        assertFalse(settings.toString().contains("s3cr3t"));
        assertFalse(reading("a", "http://a").toString().contains("s3cr3t"));
    }
}
