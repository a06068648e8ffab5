package dev.clew.config.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.config.yaml.SourceText;
import dev.clew.export.settings.SettingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceLinkTemplatesTest {

    private static final String FILE =
            """
            destinations:
              default: {trace-link: "https://tempo.example/trace/{trace_id}"}
              "a.b":
                endpoint: http://b.example:4318
                trace-link: http://b.example/{trace_id}?from=clew
              script: {endpoint: "http://c.example", trace-link: "javascript:alert({trace_id})"}
              without: {endpoint: "http://d.example", trace-link: "https://d.example/"}
            """;

    @Test
    void linksToPagesOnly() {
        SourceText text = new SourceText("gateway/gateway.yaml", FILE.getBytes(UTF_8));
        assertEquals(
                Map.of(
                        "default", "https://tempo.example/trace/{trace_id}",
                        "a.b", "http://b.example/{trace_id}?from=clew"),
                TraceLinkTemplates.of(Optional.of(text), name -> null));
    }

    @Test
    void reportsOtherTextsWithTheirPlace() {
        List<SettingProblem> problems = new ArrayList<>();
        new TelemetryReader(name -> null).read("gateway/gateway.yaml", FILE.getBytes(UTF_8), problems);
        assertEquals(
                List.of(
                        "gateway/gateway.yaml:6: destinations.script.trace-link",
                        "gateway/gateway.yaml:7: destinations.without.trace-link"),
                problems.stream().map(SettingProblem::name).sorted().toList());
    }
}
