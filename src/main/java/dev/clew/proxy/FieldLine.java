package dev.clew.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Iterator;
import java.util.Map;

/** Receives header lines one by one, as the decoder read them: no text is made of a name or value that only passes. */
interface FieldLine {

    void read(CharSequence name, CharSequence value);

    /** Passes all lines on, in order. */
    static void each(MultiMap fields, FieldLine to) {
        if (fields instanceof HeadersMultiMap http1) {
            Iterator<Map.Entry<CharSequence, CharSequence>> lines = http1.iteratorCharSequence();
            while (lines.hasNext()) {
                Map.Entry<CharSequence, CharSequence> line = lines.next();
                to.read(line.getKey(), line.getValue());
            }
        } else {
            for (Map.Entry<String, String> line : fields) {
                to.read(line.getKey(), line.getValue());
            }
        }
    }
}
