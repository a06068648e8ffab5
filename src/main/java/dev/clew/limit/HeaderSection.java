package dev.clew.limit;

import io.vertx.core.MultiMap;
import java.util.Map;

/** The size of a request's header fields. */
public final class HeaderSection {

    /** The bytes around name and value in HTTP/1.1: {@code ": "} and CRLF. HTTP/2 is counted alike. */
    private static final int AROUND = 4;

    private HeaderSection() {}

    /** Returns the size in bytes; each character of a header field is one byte. */
    public static long size(MultiMap fields) {
        long size = 0;
        for (Map.Entry<String, String> field : fields) {
            size += field.getKey().length() + field.getValue().length() + AROUND;
        }
        return size;
    }
}
