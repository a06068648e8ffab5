package dev.clew.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.clew.management.Viewer;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeerQuestionTest {

    private static final Replica SELF = new Replica("first", "0123456789abcdef");

    private static ApiRequest request(String query, @Nullable String authorization) {
        return new ApiRequest(
                "/api/v1/requests", query, Map.of(), MultiMap.caseInsensitiveMultiMap(), Viewer.OF_ALL, authorization);
    }

    @Test
    void nothingInTheCallersQueryHidesThatOneReplicaIsAsked() {
        for (String query : new String[] {"", "limit=5", "limit=5#", "#", "error&".repeat(1_024), "replicas=all"}) {
            QueryStringDecoder read = new QueryStringDecoder(PeerQuestion.target(request(query, null)));
            assertEquals("/api/v1/requests", read.path());
            assertEquals(
                    "self",
                    read.parameters().getOrDefault("replicas", List.of("")).get(0),
                    query);
        }
    }

    @Test
    void theQuestionSaysWhoAsksAndForWhom() {
        MultiMap fields = PeerQuestion.fields(request("", "Bearer some-token"), SELF);
        assertEquals(SELF.id(), fields.get("clew-replica"));
        assertEquals("Bearer some-token", fields.get("authorization"));
        assertNull(PeerQuestion.fields(request("", null), SELF).get("authorization"));
    }
}
