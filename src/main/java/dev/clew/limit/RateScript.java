package dev.clew.limit;

import dev.clew.tenant.limit.RequestRate;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The Redis script of the shared rates: {@link dev.clew.rate.TokenBucket}'s arithmetic, by Redis's clock, on one key
 * for each tenant, which expires when the bucket is full again. Requires Redis 5 or later, where a script may write
 * after reading the time.
 */
public final class RateScript {

    /** Prefix of each key; the tenant's ID follows. */
    static final String PREFIX = "clew:rate:";

    /** Suffix of the key of a tenant's registered replicas, in the same cluster slot. */
    private static final String REPLICAS = ":replicas";

    /** Seconds after which a replica's registration expires unless renewed. */
    private static final String LIFETIME = "10";

    /** The result when Redis has not responded. */
    public static final long NO_RESPONSE = Long.MAX_VALUE;

    /**
     * ARGV: requests per second and burst; to register a replica also its name and the registration's lifetime in
     * seconds, with KEYS[2] as the set of replicas. Returns the microseconds until the bucket is full or, for a
     * rejected request, the negative of the microseconds until it is admitted; with a registration also the number of
     * replicas. Limits the stored time to that of an empty bucket; a later time was stored before the limit or the
     * clock changed.
     */
    static final String TEXT =
            """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local interval = 1000000 / ARGV[1]
            local tolerance = interval * (ARGV[2] - 1)
            local full = tonumber(redis.call('GET', KEYS[1])) or now
            local owed = math.min(math.max(full - now, 0), tolerance + interval)
            local result
            if owed > tolerance + 0.5 then
              result = -math.ceil(owed - tolerance)
            else
              owed = owed + interval
              redis.call('SET', KEYS[1], string.format('%.3f', now + owed), 'PX', math.ceil(owed / 1000))
              result = math.ceil(owed)
            end
            if not KEYS[2] then
              return result
            end
            redis.call('ZADD', KEYS[2], time[1], ARGV[3])
            redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', time[1] - ARGV[4])
            redis.call('EXPIRE', KEYS[2], ARGV[4])
            return {result, redis.call('ZCARD', KEYS[2])}
            """;

    static final String SHA = sha(TEXT);

    private static final String NOT_KNOWN = "NOSCRIPT";
    private static final String ONE_KEY = "1";
    private static final String TWO_KEYS = "2";
    private static final long SECOND_MICROS = 1_000_000;

    private RateScript() {}

    /**
     * Calls the script by its hash, which Redis knows once it has loaded the script.
     *
     * @param replica name to register, or null
     */
    static Request byHash(String tenant, RequestRate rate, @Nullable String replica) {
        return with(Request.cmd(Command.EVALSHA).arg(SHA), tenant, rate, replica);
    }

    static Request byText(String tenant, RequestRate rate, @Nullable String replica) {
        return with(Request.cmd(Command.EVAL).arg(TEXT), tenant, rate, replica);
    }

    private static Request with(Request command, String tenant, RequestRate rate, @Nullable String replica) {
        String key = PREFIX + tenant;
        if (replica == null) {
            return command.arg(ONE_KEY).arg(key).arg(rate.perSecond()).arg(rate.burst());
        }
        return command.arg(TWO_KEYS)
                .arg(key)
                .arg('{' + key + '}' + REPLICAS)
                .arg(rate.perSecond())
                .arg(rate.burst())
                .arg(replica)
                .arg(LIFETIME);
    }

    static boolean isUnknown(Throwable failure) {
        String message = failure.getMessage();
        return message != null && message.startsWith(NOT_KNOWN);
    }

    public static boolean rejects(long result) {
        return result < 0;
    }

    public static long waitMicros(long rejection) {
        return -rejection;
    }

    /** Returns the number of further requests that the rate admits, after an admission. */
    public static int remaining(long result, RequestRate rate) {
        if (result == NO_RESPONSE) {
            return Integer.MAX_VALUE;
        }
        // The result is rounded up by less than one.
        long used = ((result - 1) * rate.perSecond() + SECOND_MICROS - 1) / SECOND_MICROS;
        return (int) Math.max(0, rate.burst() - used);
    }

    private static String sha(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform supports SHA-1", e);
        }
    }
}
