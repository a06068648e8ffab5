package dev.clew.contract.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Front;
import dev.clew.contract.world.Contract;
import dev.clew.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HTTP/2 connections that a client reuses for further hosts (RFC 9113 section 9.1.1). */
abstract class CoalescingContract extends Contract {

    private static Vertx vertx;

    @BeforeAll
    static void startClients() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopClients() {
        Await.ended(vertx.close());
    }

    private record Response(HttpVersion version, int status, String body, int localPort) {}

    /** @param serverName the connection's server name; one client has one connection for each */
    private Response get(HttpClient client, String serverName, String host) {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(world.tlsPort(), "127.0.0.1"))
                .setHost(serverName)
                .setPort(443)
                .setSsl(true)
                .setMethod(HttpMethod.GET)
                .setURI("/whoami");
        return Await.ended(client.request(options)
                .map(request -> request.authority(HostAndPort.create(host, 443)))
                .compose(HttpClientRequest::send)
                .compose(response -> response.body()
                        .map(body -> new Response(
                                response.version(),
                                response.statusCode(),
                                body.toString(),
                                response.request().connection().localAddress().port()))));
    }

    @Test
    void servesAllHostsOfTheTenantOnOneConnection() {
        HttpClient client = Front.ALPN.client(vertx);
        Response first = get(client, "sealed.test", "sealed.test");
        Response second = get(client, "sealed.test", "www.sealed.test");

        assertEquals(HttpVersion.HTTP_2, first.version());
        assertEquals(200, first.status());
        assertEquals(200, second.status());
        assertEquals(first.localPort(), second.localPort());
    }

    @Test
    void misdirectsAnotherHostAndGoesOn() {
        HttpClient client = Front.ALPN.client(vertx);
        Response before = get(client, "sealed.test", "sealed.test");
        Response other = get(client, "sealed.test", "other.test");
        Response after = get(client, "sealed.test", "sealed.test");

        assertEquals(421, other.status());
        assertEquals("misdirected-request", new JsonObject(other.body()).getString("code"));
        assertEquals(200, after.status());
        assertEquals(before.localPort(), after.localPort());
    }

    @Test
    void theListenersOwnCertificateServesWhoHasNone() {
        HttpClient client = Front.ALPN.client(vertx);

        assertEquals(200, get(client, "acme.test", "acme.test").status());
        assertEquals(200, get(client, "acme.test", "bare.sealed.test").status());
        assertEquals(421, get(client, "acme.test", "mutual.test").status());
    }
}
