package dev.clew;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The boundaries between packages and the house rules that a compiler cannot see. A rule about a package that holds
 * nothing yet passes, and begins to bite with the package's first class.
 */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MAX_LINES = 250;

    /** Classes that tie a rule package to the server; everything else there stays plain Java. */
    private static final DescribedPredicate<JavaClass> AT_THE_SERVER = nameMatching(
                    "dev\\.clew\\.(trace\\.TraceFilter|tenant\\.(TenantFilter|TenantLoader|TenantWatcher)"
                            + "|route\\.RouteFilter|error\\.(ErrorResponder|FailureHandler))(\\$.*)?")
            .as("the filters")
            .forSubtype();

    private static final JavaClasses CLEW = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.clew");

    @Test
    void rulesOfTenantRouteErrorAndTraceArePlainJava() {
        DescribedPredicate<JavaClass> outside = resideInAnyPackage(
                        "io.vertx..", "io.quarkus..", "io.netty..", "io.smallrye..", "jakarta..", "java.io..")
                .or(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net.http..", "javax.net.."))
                .or(nameMatching("java\\.net\\.(.*Socket.*|Http.*|URL|URLConnection|InetAddress)"))
                .or(nameMatching("java\\.time\\.(Clock|InstantSource)"));
        // A plain type in a package of I/O: exceptions, enums and lambdas may refer to it.
        DescribedPredicate<JavaClass> allowed = type(java.io.Serializable.class);
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.clew.access..",
                        "dev.clew.tenant..",
                        "dev.clew.route..",
                        "dev.clew.error..",
                        "dev.clew.trace..")
                .and(DescribedPredicate.not(AT_THE_SERVER))
                .should(dependOnClassesThat(outside.and(DescribedPredicate.not(allowed))))
                .because("these rules must be testable, and readable, without a server"));
    }

    @Test
    void rulesReadNoClock() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.clew.access..",
                        "dev.clew.tenant..",
                        "dev.clew.route..",
                        "dev.clew.error..",
                        "dev.clew.trace..")
                .and(DescribedPredicate.not(AT_THE_SERVER))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("time comes in as an argument"));
    }

    @Test
    void packagesHaveNoCycles() {
        // Every package by itself, so that a.b may be used by a package which a uses.
        check(slices().matching("dev.clew.(**)").should().beFreeOfCycles());
    }

    @Test
    void namesSayTheRole() {
        check(noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .because("such a name is where unrelated code gathers"));
    }

    @Test
    void nothingHangsOnTheThread() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .because("a request's state is one typed Exchange; an event loop serves many requests at once"));
    }

    @Test
    void onlyConfigReadsSmallRyeConfig() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.clew.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.smallrye.config..")
                .because("raw configuration goes through one translator"));
    }

    @Test
    void nobodyUsesTheDemo() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.clew.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.clew.demo..")
                .because("the packaged build has no demo"));
    }

    @Test
    void requestPathUsesNoRegularExpression() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.clew.gateway..",
                        "dev.clew.tenant..",
                        "dev.clew.trace..",
                        "dev.clew.limit..",
                        "dev.clew.route..",
                        "dev.clew.proxy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .orShould()
                .callMethod(String.class, "matches", String.class)
                .orShould()
                .callMethod(String.class, "split", String.class)
                .orShould()
                .callMethod(String.class, "replaceAll", String.class, String.class)
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .because("the native executable pays double for it on every request"));
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        List<Path> bare = directoriesWithSources()
                .filter(directory ->
                        !read(directory.resolve("package-info.java")).contains("@NullMarked"))
                .toList();
        assertEquals(List.of(), bare, "packages without a @NullMarked package-info.java");
    }

    @Test
    void noSourceFileIsTooLong() throws IOException {
        List<String> tooLong = sources()
                .map(file -> file + ": " + read(file).lines().count())
                .filter(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) > MAX_LINES)
                .toList();
        assertEquals(List.of(), tooLong, "files of more than " + MAX_LINES + " lines");
    }

    private static void check(ArchRule rule) {
        assertFalse(CLEW.isEmpty(), "no compiled class found");
        rule.allowEmptyShould(true).check(CLEW);
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Predicate<Path> isJava = file -> file.toString().endsWith(".java");
            return new TreeSet<>(files.filter(isJava).toList()).stream();
        }
    }

    private static Stream<Path> directoriesWithSources() throws IOException {
        return sources().map(Path::getParent).distinct();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
