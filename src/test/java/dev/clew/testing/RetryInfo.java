package dev.clew.testing;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** A gRPC backend's request to retry later: a {@code google.rpc.Status} with a {@code google.rpc.RetryInfo}. */
public final class RetryInfo {

    private RetryInfo() {}

    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    /** Returns the bytes for {@code grpc-status-details-bin}, after a detail of another kind. */
    public static String base64(long seconds, int nanos) {
        byte[] duration = message(out -> {
            out.writeInt64(1, seconds);
            out.writeInt32(2, nanos);
        });
        byte[] other = any("type.googleapis.com/google.rpc.DebugInfo", new byte[] {1, 2, 3});
        byte[] info = any("type.googleapis.com/google.rpc.RetryInfo", message(out -> out.writeByteArray(1, duration)));
        byte[] status = message(out -> {
            out.writeInt32(1, 8);
            out.writeString(2, "busy");
            out.writeByteArray(3, other);
            out.writeByteArray(3, info);
        });
        return Base64.getEncoder().withoutPadding().encodeToString(status);
    }

    private static byte[] any(String type, byte[] value) {
        return message(out -> {
            out.writeString(1, type);
            out.writeByteArray(2, value);
        });
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
