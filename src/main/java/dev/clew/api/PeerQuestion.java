package dev.clew.api;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** The request that one replica sends another: for the receiver's own part only, so that no question goes round. */
final class PeerQuestion {

    private PeerQuestion() {}

    /** Returns the target. What limits the question comes first: nothing in the caller's query can hide it. */
    static String target(ApiRequest request) {
        return request.path() + '?' + ApiRequest.REPLICAS + "=self"
                + (request.query().isEmpty() ? "" : '&' + request.query());
    }

    /** Returns the fields: the caller's credential, and who asks, which limits the question too. */
    static MultiMap fields(ApiRequest request, Replica self) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap().set(Replica.FIELD, self.id());
        if (request.authorization() != null) {
            fields.set(HttpHeaders.AUTHORIZATION, request.authorization());
        }
        return fields;
    }
}
