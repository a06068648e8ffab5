package dev.clew.export.settings;

import dev.clew.export.settings.Environment.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parses the lists of {@code OTEL_RESOURCE_ATTRIBUTES} and {@code OTEL_EXPORTER_OTLP_HEADERS}. */
public final class KeyValueList {

    private KeyValueList() {}

    /**
     * Parses {@code key=value,…}, percent-encoded (W3C Baggage section 3.3.1, without properties). Keys are decoded
     * too: resource attributes may have any (Resource SDK specification); a header name with a percent sign is invalid
     * either way.
     */
    public static Map<String, String> parse(String list) throws Malformed {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String member : list.split(",", -1)) {
            if (member.isBlank()) {
                continue;
            }
            int equals = member.indexOf('=');
            String key = equals < 0 ? "" : member.substring(0, equals).strip();
            if (key.isEmpty()) {
                throw new Malformed("malformed list", "key=value,key=value with percent-encoded values");
            }
            pairs.put(
                    percentDecoded(key),
                    percentDecoded(member.substring(equals + 1).strip()));
        }
        return pairs;
    }

    private static String percentDecoded(String value) throws Malformed {
        if (value.indexOf('%') < 0) {
            return value;
        }
        byte[] raw = value.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                decoded.put(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                throw new Malformed("malformed percent-encoding", "a percent sign and two hexadecimal digits");
            }
            decoded.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("malformed percent-encoding", "UTF-8");
        }
    }
}
