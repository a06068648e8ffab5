package dev.clew.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.trace.context.PropagationHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeaderRegistryTest {

    @Test
    void findsEachFieldHoweverItIsSpelledAndNoOther() {
        for (HeaderField field : HeaderRegistry.all()) {
            String name = field.toString().replace('*', 'k');
            for (String spelled : List.of(name, name.toUpperCase(Locale.ROOT), name.replace('-', '_'))) {
                assertSame(field, HeaderRegistry.of(spelled), spelled);
            }
            assertFalse(HeaderRegistry.of('z' + name).isDroppedFromRequests(), name);
            String longer = name + (field.isPrefix() ? "" : "z");
            assertEquals(field.isPrefix(), HeaderRegistry.of(longer) == field, longer);
        }
    }

    @Test
    void hasNoRuleForOtherFields() {
        for (String name : List.of("", "x", "content-type", "x-b3", "ot-tracer", "x-forwarded", "z".repeat(200))) {
            HeaderField other = HeaderRegistry.of(name);
            for (FieldRule rule : FieldRule.values()) {
                assertFalse(other.is(rule), name);
            }
            assertFalse(other.isReserved() || other.isDroppedFromRequests() || other.isDroppedFromResponses(), name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatContextIsReadFromEndsAtTheGateway(PropagationHeader header) {
        HeaderField field = HeaderRegistry.of(header.fieldName());

        assertTrue(field.is(FieldRule.TRACE_CONTEXT) && field.isDroppedFromRequests() && field.isReserved());
    }

    @Test
    void theReferenceListsTheFieldsOfEachRule() throws IOException {
        TreeMap<String, List<String>> documented = new TreeMap<>();
        Pattern row = Pattern.compile("(?m)^\\| ([a-z ]+) \\| (`[^|]+`) \\| [^|]+ \\|$");
        String page = Files.readString(Path.of("docs/http.md"));
        String section =
                page.substring(page.indexOf("\n## Header fields"), page.indexOf("\n### Changed " + "header fields"));
        for (MatchResult match : row.matcher(section).results().toList()) {
            String names = match.group(2).toLowerCase(Locale.ROOT).replace("`", "");
            documented.put(match.group(1), Arrays.asList(names.split(", ")));
        }
        TreeMap<String, List<String>> rules = new TreeMap<>();
        for (FieldRule rule : FieldRule.values()) {
            List<String> names = new ArrayList<>();
            HeaderRegistry.all().stream().filter(field -> field.is(rule)).forEach(field -> names.add(field.toString()));
            names.sort(null);
            rules.put(rule.name().toLowerCase(Locale.ROOT).replace('_', ' '), names);
        }
        assertEquals(rules, documented);
    }
}
