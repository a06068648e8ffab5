package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Static state of a native executable, whose static initialisers run on the build machine: values that they read from
 * the machine, the process or the clock are then the same in all processes.
 */
class FrozenStateTest {

    /** Values that differ between processes. */
    private static final Pattern OF_THE_PROCESS = Pattern.compile(
            "java\\.lang\\.System\\.(getenv|getProperty|getProperties|nanoTime|currentTimeMillis|console)\\(.*"
                    + "|java\\.lang\\.(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)\\(.*"
                    + "|java\\.lang\\.Runtime\\.(availableProcessors|maxMemory|version)\\(.*"
                    + "|java\\.lang\\.ProcessHandle\\..*|java\\.lang\\.management\\..*"
                    + "|java\\.time\\..*\\.(now|systemDefault|systemUTC)\\(.*|java\\.time\\.Clock\\..*"
                    + "|java\\.util\\.(Locale|TimeZone)\\.getDefault\\(.*"
                    + "|java\\.nio\\.charset\\.Charset\\.defaultCharset\\(.*"
                    + "|java\\.net\\.InetAddress\\..*|java\\.net\\.NetworkInterface\\..*"
                    + "|java\\.nio\\.file\\.(Files|Path\\.toAbsolutePath|Path\\.toRealPath).*|java\\.io\\.File.*"
                    + "|java\\.util\\.UUID\\.randomUUID\\(.*|java\\.lang\\.Math\\.random\\(.*"
                    + "|java\\.security\\.Security\\..*|.*ServiceLoader\\.load\\(.*"
                    + "|org\\.eclipse\\.microprofile\\.config\\..*");

    /** Readers of values that are constant, unused here, or estimates of a size. */
    private static final Set<String> HARMLESS = Set.of(
            // Debugging settings, which are never set.
            "io.opentelemetry.context.LazyStorage",
            "io.vertx.redis.client.impl.ReadableBuffer",
            // The number of processors, from which lengths of queues and pools follow.
            "io.opentelemetry.internal.shaded.jctools.util.PortableJvmInfo",
            "okio.SegmentPool",
            // Values that are the same in every JDK of a version, and on every Linux.
            "kotlin.text.SystemProperties",
            "okhttp3.internal.platform.Jdk9Platform",
            // The origin of a clock, used for differences only.
            "kotlin.time.MonotonicTimeSource",
            // Temporary files and encrypted tokens, neither of which the gateway uses.
            "okio.FileSystem",
            "org.jose4j.jwe.kdf.ConcatKeyDerivationFunctionFactory");

    @Test
    void noStaticInitialiserReadsWhatDiffersBetweenProcesses() {
        Set<String> found = new TreeSet<>();
        ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            NativeImageTest.FROM.stream()
                    .map(one -> one.getProtectionDomain().getCodeSource().getLocation())
                    .distinct()
                    .forEach(place -> new ClassFileImporter().importUrl(place).forEach(type -> search(type, found)));
        });
        Set<String> classes = new TreeSet<>();
        found.forEach(call -> classes.add(call.substring(0, call.indexOf(' '))));
        assertEquals(new TreeSet<>(HARMLESS), classes, () -> String.join("\n", found));
    }

    private static void search(JavaClass type, Set<String> found) {
        type.getStaticInitializer().ifPresent(initialiser -> {
            for (JavaCall<?> call : initialiser.getCallsFromSelf()) {
                String name = call.getTarget().getFullName();
                if (OF_THE_PROCESS.matcher(name).matches()) {
                    found.add(type.getName() + " " + name);
                }
            }
        });
    }
}
