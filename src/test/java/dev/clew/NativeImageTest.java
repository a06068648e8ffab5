package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.http.HttpSender;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.redis.client.Redis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okio.Okio;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;

/**
 * Finds, without a native compiler, state that would break the build of the native executable or change its behaviour:
 * Quarkus initialises all classes at build time, and their state becomes part of the image.
 */
class NativeImageTest {

    private static final Path METADATA = Path.of("src/main/resources/META-INF/native-image/dev.clew/clew");

    /** Classes that Quarkus's Redis extension initialises at run time; its list is incomplete. */
    private static final Set<String> LEFT_BY_QUARKUS = Set.of(
            "io.vertx.redis.client.impl.RedisClusterConnection",
            "io.vertx.redis.client.impl.RedisReplicationConnection",
            "io.vertx.redis.client.impl.Slots",
            "io.vertx.redis.client.impl.types.BulkType");

    /** Netty's resolver: initialised at build time, it would hold the name servers and hosts of the build machine. */
    private static final Set<String> RESOLVER = Set.of(
            "io.netty.resolver.dns",
            "io.netty.resolver.HostsFileEntriesProvider",
            "io.netty.resolver.HostsFileEntriesResolver",
            "io.netty.resolver.DefaultHostsFileEntriesResolver");

    /** Netty's binding of BoringSSL: initialised at build time, it would need the library then, and lack it later. */
    private static final Set<String> TLS = Set.of(
            "io.netty.internal.tcnative",
            "io.netty.handler.ssl.OpenSsl",
            "io.netty.handler.ssl.OpenSslX509TrustManagerWrapper",
            "io.netty.handler.ssl.OpenSslAsyncPrivateKeyMethod",
            "io.netty.handler.ssl.OpenSslPrivateKeyMethod",
            "io.netty.handler.ssl.ReferenceCountedOpenSslContext",
            "io.netty.handler.ssl.ReferenceCountedOpenSslEngine");

    /** The gateway, and the libraries that Quarkus extensions do not prepare, or only in part. */
    static final List<Class<?>> FROM = List.of(
            dev.clew.gateway.Main.class,
            OkHttpClient.class,
            Okio.class,
            kotlin.KotlinVersion.class,
            Span.class,
            ComponentLoader.class,
            Context.class,
            Resource.class,
            SpanData.class,
            HttpSender.class,
            TraceRequestMarshaler.class,
            OtlpHttpSpanExporter.class,
            Pattern.class,
            JsonWebSignature.class,
            Redis.class,
            HAProxyMessage.class);

    @Test
    void noClassHoldsWhatMustNotBeInAnImage() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Class<?> one : FROM) {
            for (Class<?> type : initialised(one)) {
                new StaticState(type.getName(), found::add).search(type);
            }
        }
        Set<String> leftToRunTime = initialisedAtRunTime();
        leftToRunTime.addAll(LEFT_BY_QUARKUS);
        Set<String> needed = classes(found);
        needed.addAll(RESOLVER);
        needed.addAll(TLS);
        assertEquals(leftToRunTime, needed, () -> String.join("\n", found));
    }

    private static Set<String> classes(Set<String> found) {
        return found.stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .map(field -> field.substring(0, field.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Classes that the image's arguments initialise at run time; unused names must be removed. */
    private static Set<String> initialisedAtRunTime() throws IOException {
        Properties properties = new Properties();
        try (var lines = Files.newBufferedReader(METADATA.resolve("native-image.properties"))) {
            properties.load(lines);
        }
        String args = properties.getProperty("Args");
        String names = args.substring("--initialize-at-run-time=".length());
        return new TreeSet<>(List.of(names.split(",")));
    }

    private static List<Class<?>> initialised(Class<?> one) throws IOException {
        return classFiles(
                one, names -> names.flatMap(NativeImageTest::initialise).toList());
    }

    /** Classes missing here, such as Android's, are missing in the image as well. */
    private static Stream<Class<?>> initialise(String name) {
        try {
            return Stream.of(Class.forName(name, true, NativeImageTest.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Stream.empty();
        }
    }

    private static <T> T classFiles(Class<?> one, Function<Stream<String>, T> read) throws IOException {
        URI source = URI.create(
                one.getProtectionDomain().getCodeSource().getLocation().toString());
        Path place = Path.of(source);
        if (Files.isDirectory(place)) {
            return classFiles(place, read);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
            return classFiles(jar.getPath("/"), read);
        }
    }

    private static <T> T classFiles(Path root, Function<Stream<String>, T> read) {
        try (Stream<Path> files = Files.walk(root)) {
            return read.apply(files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("-info") && !file.startsWith("META-INF"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void searchFindsWhatItLooksFor() {
        Set<String> found = new TreeSet<>();
        new StaticState("Sample", found::add).search(Sample.class);
        assertEquals(2, found.size(), found::toString);
        assertTrue(found.contains("Sample.NESTED: java.util.Random"), found::toString);
        assertTrue(found.contains("Sample.THREAD: java.lang.Thread"), found::toString);
    }

    /** A class with state that the check must report. */
    @SuppressWarnings("unused")
    private static final class Sample {
        private static final List<Object> NESTED = List.of(Map.of("a", new Object[] {new java.util.Random(1)}));
        private static final Thread THREAD = new Thread(() -> {});
        private static final List<String> HARMLESS = List.of("b");
    }
}
