package dev.clew.config.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisHostsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://redis.internal:6379",
                "rediss://user:secret@[::1]:6379/2",
                "redis://a:1, redis://b:2",
                "unix:///run/redis.sock",
                "redis://localhost"
            })
    void readsWhatQuarkusReads(String hosts) {
        assertTrue(RedisHosts.areValid(hosts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:6379",
                "http://localhost:6379",
                "redis://bad host",
                "redis://",
                "redis://a:1,",
                "redis://a:1,b:2",
                "unix:"
            })
    void doesWithoutWhatQuarkusWouldNotStartWith(String hosts) {
        assertFalse(RedisHosts.areValid(hosts));
    }
}
