package dev.clew.config.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.ExportSettings;
import dev.clew.export.settings.SettingProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryReaderTest {

    private static final String PLACE = "gateway/gateway.yaml:2: destinations.a";

    @TempDir
    Path root;

    private ConfigDirectory directory(String yaml) throws IOException {
        Files.createDirectories(root.resolve("gateway"));
        Files.createDirectories(root.resolve("tenants"));
        Files.writeString(root.resolve("gateway/gateway.yaml"), yaml);
        return new ConfigDirectory(root, Map.of("TOKEN", "s3cr3t")::get);
    }

    private List<SettingProblem> problems(String yaml) throws IOException {
        DestinationFile file = directory(yaml).loadDestinations();
        return ExportSettings.read(name -> null, file).problems();
    }

    /** Each row has one bad setting of a destination with an endpoint. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "endpoint: ftp://x; endpoint; unknown scheme",
                "endpoint: http://h:99999; endpoint; impossible port",
                "endpoint: http://u:s3cr3t@h; endpoint; user information in the URL",
                "protocol: http/json; protocol; http/json is not supported",
                "compression: zip; compression; \"zip\"",
                "timeout: 10; timeout; \"10\"",
                "timeout: 0s; timeout; \"0s\"",
                "timeout: 999999999h; timeout; \"999999999h\"",
                "timeout: \"${TOKEN}\"; timeout; the value from the environment",
                "timeout: \"${NOT_SET}\"; timeout; ${NOT_SET}",
                "timeout: [1s]; timeout; a list",
                "tmeout: 1s; tmeout; unknown key",
                "certificate: /no/such/s3cr3t; certificate; no such file",
                "headers-file: nowhere; headers-file; no such file",
                "headers: {\"a b\": c}; headers.\"a b\"; not a name",
                "headers: {a: \"ü\"}; headers.a; a header value has control or non-ASCII characters",
                "headers: s3cr3t; headers; a single value",
                "queue: {spans: 0}; queue.spans; \"0\"",
                "queue: {spans: 1048577}; queue.spans; \"1048577\"",
                "queue: {batch: 50000}; queue.batch; \"50000\"",
                "queue: {bytes: 1K}; queue.bytes; \"1K\"",
                "queue: {bytes: unlimited}; queue.bytes; \"unlimited\"",
                "queue: {delay: soon}; queue.delay; \"soon\"",
                "queue: {export-timeout: -1s}; queue.export-timeout; \"-1s\""
            })
    void namesTheFileTheLineAndTheKeyOfWhatIsWrong(String setting, String key, String what) throws IOException {
        String endpoint = setting.startsWith("endpoint") ? "" : "endpoint: \"http://h:4318\", ";
        List<SettingProblem> problems = problems("destinations:\n  a: {" + endpoint + setting + "}\n");
        assertEquals(1, problems.size(), problems::toString);
        assertEquals(PLACE + "." + key, problems.get(0).name());
        String message = problems.get(0).message();
        assertTrue(message.startsWith(what) || message.contains(what), message);
        assertTrue(message.indexOf("; ") > 0 && !message.contains("ignored"), message);
        assertFalse(message.contains("s3cr3t"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "destinations:",
                "destinations: 5",
                "destinations: [a]",
                "destinations: {}",
                "destinations: {\"ä b\": {}}"
            })
    void aSectionThatMakesNoSenseIsOneProblemAndNothingElse(String yaml) throws IOException {
        assertEquals(1, problems(yaml).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"  a:", "  a: 5", "  a: {}", "  a: [x]"})
    void aDestinationThatMakesNoSenseIsThereAllTheSame(String yaml) throws IOException {
        ExportSettings settings = ExportSettings.read(
                name -> null, directory("destinations:\n" + yaml).loadDestinations());
        assertEquals("a", settings.destinations().get(1).settings().name());
        assertEquals(1, settings.problems().size(), settings.problems()::toString);
        assertEquals(PLACE, settings.problems().get(0).name());
    }

    @Test
    void aDestinationNeedsAnEndpoint() throws IOException {
        assertEquals(
                List.of(PLACE + ".endpoint"),
                problems("destinations:\n  a: {protocol: grpc}").stream()
                        .map(SettingProblem::name)
                        .toList());
        assertEquals(List.of(), problems("destinations:\n  default: {protocol: grpc}"));
    }

    @Test
    void keepsTheOrderOfTheFileBehindTheDefault() throws IOException {
        ConfigDirectory directory =
                directory("destinations:\n  z: {endpoint: \"http://z\"}\n  a.b: {endpoint: \"http://a\"}\n  default: "
                        + "{timeout: 1s}\n");
        assertEquals(
                List.of("default", "z", "a.b"),
                ExportSettings.read(name -> null, directory.loadDestinations()).destinations().stream()
                        .map(reading -> reading.settings().name())
                        .toList());
    }

    @Test
    void noMistakeOfTelemetryStopsTheGateway() throws IOException {
        ConfigDirectory directory = directory("destinations:\n  a: {endpoint: ftp://x, nonsense: 1}\nvia: mine\n");
        LoadedConfiguration loaded = directory.load(GatewaySettings.STANDARD);
        assertEquals("mine", loaded.settings().via());
        assertEquals(List.of(), loaded.problems(), "reported once, by the reader of destinations");
        assertEquals(
                2,
                ExportSettings.read(name -> null, directory.loadDestinations())
                        .problems()
                        .size());
    }

    @Test
    void saysNothingOfAFileThatCannotBeRead() throws IOException {
        DestinationFile file = directory("destinations: {a: {endpoint: [}\n").loadDestinations();
        assertFalse(file.readable());
        assertEquals(1, file.problems().size());
        Files.delete(root.resolve("gateway/gateway.yaml"));
        DestinationFile none = directory("").loadDestinations();
        assertTrue(none.readable());
        assertEquals(List.of(), none.entries());
        assertEquals(2, none.files().size());
    }
}
