package dev.clew.export.otlp;

import io.opentelemetry.exporter.internal.compression.Compressor;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import java.io.IOException;
import java.io.OutputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The request body with one OTLP message. An uncompressed message is marshalled directly into the connection's buffer;
 * a compressed one is produced once, for all attempts.
 */
final class OtlpBody extends RequestBody {

    private final MediaType type;
    private final boolean framed;
    private final Marshaler message;
    private final @Nullable ByteString compressed;
    private final int length;

    OtlpBody(MediaType type, boolean framed, Marshaler message, int size, @Nullable Compressor compressor)
            throws IOException {
        this.type = type;
        this.framed = framed;
        this.message = message;
        this.compressed = compressor == null ? null : compress(message, compressor);
        this.length = compressed == null ? size : compressed.size();
    }

    private static ByteString compress(Marshaler message, Compressor compressor) throws IOException {
        Buffer buffer = new Buffer();
        try (OutputStream out = compressor.compress(buffer.outputStream())) {
            message.writeBinaryTo(out);
        }
        return buffer.snapshot();
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    /** Prevents OkHttp's own retries, after a 408, and after a 503 without waiting. */
    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public long contentLength() {
        return framed ? OtlpMessages.FRAME_BYTES + (long) length : length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        if (framed) {
            sink.writeByte(compressed == null ? 0 : 1).writeInt(length);
        }
        if (compressed != null) {
            sink.write(compressed);
        } else {
            message.writeBinaryTo(sink.outputStream());
        }
    }
}
