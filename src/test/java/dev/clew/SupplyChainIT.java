package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the bill of materials with the packaged libraries and docs/supply-chain.md. */
class SupplyChainIT {

    private static final Path LIBRARIES = Path.of("target/quarkus-app/lib");

    private static JsonObject bill() throws IOException {
        return new JsonObject(Files.readString(Path.of("target/clew-sbom.json")));
    }

    private static List<JsonObject> components() throws IOException {
        return bill().getJsonArray("components").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Returns the component's licences: the list has licences, by ID or name, or one expression. */
    private static Set<String> licences(JsonObject component) {
        return component.getJsonArray("licenses", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(entry -> {
                    JsonObject licence = entry.getJsonObject("license", new JsonObject());
                    return licence.getString("id", licence.getString("name", entry.getString("expression")));
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void licencesAreThoseThePageLists() throws IOException {
        Set<String> listed = Files.readAllLines(Path.of("docs/supply-chain.md")).stream()
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .map(row -> row.split("\\|")[1].strip())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> used = new TreeSet<>();
        for (JsonObject component : components()) {
            assertFalse(licences(component).isEmpty(), component.getString("purl"));
            used.addAll(licences(component));
        }
        assertEquals(listed, used);
    }

    @Test
    void billNamesEachLibraryThatIsShipped() throws IOException {
        assumeTrue(Files.isDirectory(LIBRARIES), "a native executable contains its libraries");
        Set<String> named = components().stream()
                .map(part -> part.getString("group") + "." + part.getString("name") + "-" + part.getString("version"))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(LIBRARIES)) {
            List<String> missing = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.replaceFirst("(-linux-[a-z0-9_]+)?\\.jar$", ""))
                    .filter(name -> !named.contains(name))
                    .toList();
            assertTrue(missing.isEmpty(), missing::toString);
        }
    }

    @Test
    void billHoldsNothingThatDiffersBetweenBuilds() throws IOException {
        JsonObject bill = bill();
        assertFalse(bill.containsKey("serialNumber"));
        assertFalse(bill.getJsonObject("metadata").containsKey("timestamp"));
    }

    @Test
    void versionsOfBuildToolsStandInOnePlace() throws IOException {
        List<String> elsewhere = Arrays.stream(Files.readString(Path.of("pom.xml"))
                        .replaceFirst("(?s)^.*</properties>", "")
                        .split("\n"))
                .filter(line -> line.contains("<version>") && !line.contains("${"))
                .toList();
        assertEquals(List.of(), elsewhere);
    }
}
