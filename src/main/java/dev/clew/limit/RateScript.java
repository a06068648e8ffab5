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
 * What Redis does for a request: {@link dev.clew.rate.TokenBucket}'s arithmetic, by Redis's own clock, on one key a tenant, which goes
 * away by itself when the bucket is full again. Needs Redis 5 or later, where a script may write after it has asked for the time.
 */
public final class RateScript {

    /** Before each key, which is the tenant's ID. */
    static final String PREFIX = "clew:rate:";

    /** Around a tenant's key: where its replicas make themselves known, in the same slot of a cluster. */
    private static final String REPLICAS = ":replicas";

    /** Seconds after which a replica that has not made itself known again counts no more. */
    private static final String LIFETIME = "10";

    /** What is taken for an answer where there is none. */
    public static final long NO_RESPONSE = Long.MAX_VALUE;

    /**
     * ARGV: requests a second, burst; where the replica makes itself known, also its name and the seconds for which
     * that holds, and KEYS[2] is where. Answers with the microseconds until the bucket is full again, or, of a request
     * too many, the negative of those until there is room for it. A bucket is never further from full than empty: what
     * stands there otherwise is from before the limit changed, or from before the clock did. A replica that made itself
     * known is also told how many have.
     */
    static final String TEXT =
            """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local interval = 1000000 / ARGV[1]
            local tolerance = interval * (ARGV[2] - 1)
            local full = tonumber(redis.call('GET', KEYS[1])) or now
            local owed = math.min(math.max(full - now, 0), tolerance + interval)
            local answer
            if owed > tolerance + 0.5 then
              answer = -math.ceil(owed - tolerance)
            else
              owed = owed + interval
              redis.call('SET', KEYS[1], string.format('%.3f', now + owed), 'PX', math.ceil(owed / 1000))
              answer = math.ceil(owed)
            end
            if not KEYS[2] then
              return answer
            end
            redis.call('ZADD', KEYS[2], time[1], ARGV[3])
            redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', time[1] - ARGV[4])
            redis.call('EXPIRE', KEYS[2], ARGV[4])
            return {answer, redis.call('ZCARD', KEYS[2])}
            """;

    static final String SHA = sha(TEXT);

    private static final String NOT_KNOWN = "NOSCRIPT";
    private static final String ONE_KEY = "1";
    private static final String TWO_KEYS = "2";
    private static final long SECOND_MICROS = 1_000_000;

    private RateScript() {}

    /**
     * By its hash, which Redis knows when it has seen the script before.
     *
     * @param replica the name by which this replica makes itself known, or null where it does not now
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

    public static boolean refuses(long answer) {
        return answer < 0;
    }

    public static long waitMicros(long refusal) {
        return -refusal;
    }

    /** How many more requests the rate lets through, after an answer that was no refusal. */
    public static int left(long answer, RequestRate rate) {
        if (answer == NO_RESPONSE) {
            return Integer.MAX_VALUE;
        }
        // The answer is rounded up by less than one.
        long used = ((answer - 1) * rate.perSecond() + SECOND_MICROS - 1) / SECOND_MICROS;
        return (int) Math.max(0, rate.burst() - used);
    }

    private static String sha(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
