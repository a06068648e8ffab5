package dev.clew.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.management.Viewer;
import io.vertx.core.MultiMap;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartMergeTest {

    private static final ApiRequest REQUEST =
            new ApiRequest("/api/v1/x", "", Map.of(), MultiMap.caseInsensitiveMultiMap(), Viewer.OF_ALL, null);

    private static JsonObject merged(Endpoint.Merge merge, String own, String... others) {
        Endpoint endpoint = Endpoint.joint("/x", Set.of(), request -> null, merge);
        List<PeerPart> parts = Arrays.stream(others)
                .map(other -> new PeerPart("10.0.0." + other.length() + ":9000", Json.decodeValue(other)))
                .toList();
        Replicas replicas = new Replicas(1 + others.length, List.of());
        List<Object> mine = List.of(new JsonObject(own));
        return new JsonObject(PartMerge.of(endpoint, REQUEST, mine, new Peers.Parts(parts, replicas))
                .body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"minutes\": {}}",
                "{\"routes\": [{\"buckets\": [null]}]}",
                "{\"minutes\": [{\"requests\": \"many\"}]}"
            })
    void anUnexpectedPartCostsThatReplicaOnly(String unexpected) {
        String usual = "{\"routes\": [{\"tenant\": \"acme\", \"route\": \"a\", \"requests\": 2}]}";
        JsonObject merged = merged(StatisticsViews::merge, usual, unexpected, usual);
        assertEquals(4, merged.getJsonArray("routes").getJsonObject(0).getInteger("requests"));
        JsonObject replicas = merged.getJsonObject("replicas");
        assertEquals(2, replicas.getInteger("answered"));
        assertEquals(
                "unexpected JSON",
                replicas.getJsonArray("missing").getJsonObject(0).getString("why"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requests\": [{\"tenant\": \"acme\"}, {\"tenant\": \"globex\"}]}",
                "{\"tenant\": null}",
                "[{\"tags\": {\"tenant.id\": \"globex\"}}]",
                "{\"attributes\": [{\"key\": \"tenant.id\", \"value\": {\"stringValue\": \"globex\"}}]}"
            })
    void aPartOfOtherTenantsIsNotWithin(String body) {
        PeerPart part = new PeerPart("10.0.0.1:9000", Json.decodeValue(body));
        assertFalse(part.isWithin(Viewer.of(Set.of("acme"))));
        assertTrue(part.isWithin(Viewer.OF_ALL));
        PeerPart own = new PeerPart(
                "10.0.0.1:9000", Json.decodeValue(body.replace("globex", "acme").replace("null", "\"acme\"")));
        assertTrue(own.isWithin(Viewer.of(Set.of("acme"))));
    }
}
