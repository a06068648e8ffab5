package dev.clew.export.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.testing.RetryInfo;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpMessagesTest {

    private static byte[] response(long rejected, String message) {
        return ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(rejected)
                        .setErrorMessage(message))
                .build()
                .toByteArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 300, Integer.MAX_VALUE, Long.MAX_VALUE})
    void readsHowManySpansWereRejected(long rejected) {
        byte[] response = response(rejected, "because");
        assertEquals(rejected, OtlpMessages.rejectedSpans(ByteBuffer.wrap(response)));
        ByteBuffer frame = ByteBuffer.allocate(5 + response.length)
                .put((byte) 0)
                .putInt(response.length)
                .put(response)
                .flip();
        assertEquals(rejected, OtlpMessages.rejectedSpansOfFrame(frame));
    }

    @Test
    void takesNonsenseForNoneRejected() {
        assertEquals(0, OtlpMessages.rejectedSpans(ByteBuffer.wrap(response(-1, ""))));
        for (String text :
                new String[] {"", "<html>hello</html>", "{}", "{\"partialSuccess\":{\"rejectedSpans\":1}}"}) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            assertEquals(0, OtlpMessages.rejectedSpans(bytes), text);
            assertEquals(0, OtlpMessages.rejectedSpansOfFrame(bytes), text);
        }
        ByteBuffer compressed = ByteBuffer.wrap(new byte[] {1, 0, 0, 0, 1, 0});
        assertEquals(0, OtlpMessages.rejectedSpansOfFrame(compressed));
    }

    @Test
    void endsWithWhateverBytesItIsGiven() {
        long seed = 20260101;
        Random random = new Random(seed);
        byte[] good = response(5, "x".repeat(50));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes =
                    i % 2 == 0 ? Arrays.copyOf(good, random.nextInt(good.length + 1)) : new byte[random.nextInt(40)];
            if (i % 2 == 0 && bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            } else {
                random.nextBytes(bytes);
            }
            assertTrue(OtlpMessages.rejectedSpans(ByteBuffer.wrap(bytes)) >= 0, "seed " + seed);
            assertTrue(OtlpMessages.rejectedSpansOfFrame(ByteBuffer.wrap(bytes)) >= 0, "seed " + seed);
            Duration delay =
                    OtlpMessages.retryDelay(java.util.Base64.getEncoder().encodeToString(bytes));
            assertTrue(delay == null || !delay.isNegative(), "seed " + seed);
        }
    }

    @Test
    void readsTheDelayOfARetryInfo() {
        assertEquals(Duration.ofMillis(2500), OtlpMessages.retryDelay(RetryInfo.base64(2, 500_000_000)));
        assertEquals(Duration.ZERO, OtlpMessages.retryDelay(RetryInfo.base64(0, 0)));
        assertEquals(Duration.ZERO, OtlpMessages.retryDelay(RetryInfo.base64(-5, -5)));
        assertEquals(
                Duration.ofSeconds(Integer.MAX_VALUE), OtlpMessages.retryDelay(RetryInfo.base64(Long.MAX_VALUE, 0)));
        assertNull(OtlpMessages.retryDelay("CAg"));
        assertNull(OtlpMessages.retryDelay("not base 64"));
        assertNull(OtlpMessages.retryDelay(""));
    }
}
