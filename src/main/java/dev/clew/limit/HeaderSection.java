package dev.clew.limit;

import io.vertx.core.MultiMap;
import java.util.Map;

/** A request's header fields, taken together. */
public final class HeaderSection {

    /** What stands around name and value in HTTP/1.1: {@code ": "} and the line's end. HTTP/2 is counted alike. */
    private static final int AROUND = 4;

    private HeaderSection() {}

    /** In bytes, as characters of a header are one each. */
    public static long size(MultiMap fields) {
        long size = 0;
        for (Map.Entry<String, String> field : fields) {
            size += field.getKey().length() + field.getValue().length() + AROUND;
        }
        return size;
    }
}
