package dev.clew.exchange;

import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.vertx.core.MultiMap;
import java.util.Map;

/**
 * What may stand in a field: frames can carry what HTTP/1 would take for the end of a line, which RFC 9113 section 8.2.1 has
 * refused. Of HTTP/1 fields the decoders have made sure.
 */
public final class Http2Fields {

    private Http2Fields() {}

    public static boolean areSound(MultiMap fields) {
        for (Map.Entry<String, String> field : fields) {
            String name = field.getKey();
            boolean pseudo = !name.isEmpty() && name.charAt(0) == ':';
            if (name.isEmpty()
                    || (!pseudo && HttpHeaderValidationUtil.validateToken(name) >= 0)
                    || HttpHeaderValidationUtil.validateValidHeaderValue(field.getValue()) >= 0) {
                return false;
            }
        }
        return true;
    }
}
