package dev.clew.linkage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.grpc.GrpcExporterBuilder;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/** The report of the search on test classes, and on a library that lacks an optional part. */
class ReachTest {

    @TempDir
    private Path folder;

    /** A class with an optional dependency, such as Netty's decoder on a decompression library. */
    static final class Decoder {
        Object decode(Wrapper wrapper) {
            return wrapper.pull(1) + wrapper.push();
        }
    }

    /** A class of which the class path has an older version, without {@code pull(int)}. */
    static class Wrapper {
        String pull(int size) {
            return "pulled " + size;
        }

        String push() {
            return "pushed";
        }
    }

    /** A class that uses another one only through an interface. */
    static final class Caller {
        Object call(boolean first) {
            Runnable chosen = first ? new Called() : () -> {};
            chosen.run();
            return chosen;
        }
    }

    static final class Called implements Runnable {
        @Override
        public void run() {
            new Wrapper().push();
        }
    }

    /** A class with a method that nothing calls. */
    static final class Uncalled {
        Object used() {
            return new Partly();
        }
    }

    static final class Partly {
        Object unused() {
            return new Wrapper();
        }
    }

    /** A use of OpenTelemetry's gRPC exporter, as in the gateway before its own sender. */
    static final class Exporter {
        Object create() {
            return OtlpGrpcSpanExporter.builder();
        }
    }

    @Test
    void findsAMethodThatAnOlderVersionLacks() throws IOException {
        ClassNode old = node(Wrapper.class);
        old.methods.removeIf(method -> method.name.equals("pull"));
        assertEquals(
                Set.of(Wrapper.class.getName() + ".pull(I)Ljava/lang/String;"),
                missing(Decoder.class, jar(node(Decoder.class), old)));
        assertEquals(Set.of(), missing(Decoder.class, jar(node(Decoder.class), node(Wrapper.class))));
    }

    @Test
    void followsCallsToTheClassesOfWhichThereAreInstances() throws IOException {
        assertEquals(
                Set.of(Wrapper.class.getName()), missing(Caller.class, jar(node(Caller.class), node(Called.class))));
    }

    @Test
    void passesOverMethodsThatAreNotCalled() throws IOException {
        assertEquals(Set.of(), missing(Uncalled.class, jar(node(Uncalled.class), node(Partly.class))));
    }

    @Test
    void findsTheClassesThatTheGrpcExporterNeedsAndTheGatewayDoesNotHave() throws IOException {
        Stream<Class<?>> libraries = Stream.of(
                OtlpGrpcSpanExporter.class,
                GrpcExporterBuilder.class,
                TraceRequestMarshaler.class,
                CompletableResultCode.class,
                SpanData.class,
                Attributes.class,
                Context.class,
                ComponentLoader.class);
        Path[] jars = Stream.concat(Stream.of(jar(node(Exporter.class))), libraries.map(ReachTest::source))
                .toArray(Path[]::new);
        Set<String> missing = missing(Exporter.class, jars);
        assertTrue(missing.contains("io.grpc.MethodDescriptor$Marshaller"), missing::toString);
    }

    private static Set<String> missing(Class<?> from, Path... jars) throws IOException {
        Reach reach = new Reach(ClassFiles.of(List.of(jars)));
        reach.from(from.getName().replace('.', '/'));
        return reach.missing().keySet();
    }

    private static Path source(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static ClassNode node(Class<?> type) throws IOException {
        ClassNode node = new ClassNode();
        String file = ReachTest.class.getSimpleName() + "$" + type.getSimpleName() + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            new ClassReader(in).accept(node, 0);
        }
        return node;
    }

    private Path jar(ClassNode... nodes) throws IOException {
        Path jar = Files.createTempFile(folder, "classes", ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (ClassNode node : nodes) {
                ClassWriter writer = new ClassWriter(0);
                node.accept(writer);
                out.putNextEntry(new JarEntry(node.name + ".class"));
                out.write(writer.toByteArray());
            }
        }
        return jar;
    }
}
