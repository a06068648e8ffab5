package dev.clew;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The boundaries between packages and the house rules that a compiler cannot see.
 */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MAX_LINES = 250;
    private static final Pattern PLAIN = Pattern.compile("(?i)plain[\\s*]+java");

    private static final JavaClasses CLEW = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.clew");

    @Test
    void packagesThatPromisePlainJavaKeepTheirWord() throws IOException {
        DescribedPredicate<JavaClass> outside = resideInAnyPackage(
                        "io.vertx..", "io.quarkus..", "io.netty..", "io.smallrye..", "jakarta..", "java.io..")
                .or(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net.http..", "javax.net.."))
                .or(nameMatching("java\\.net\\.(.*Socket.*|Http.*|URL|URLConnection|InetAddress)"))
                .or(nameMatching("java\\.time\\.(Clock|InstantSource)"));
        // Serializable is a plain type in a package of I/O: exceptions, enums and lambdas may refer to it.
        DescribedPredicate<JavaClass> allowed = type(java.io.Serializable.class);
        check(noClasses()
                .that()
                .resideInAnyPackage(plainPackages())
                .should(dependOnClassesThat(outside.and(DescribedPredicate.not(allowed))))
                .because("these rules must be testable, and readable, without a server"));
    }

    @Test
    void callersAreReadFromTextsAlone() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.clew.network..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.quarkus..", "java.net..")
                .because("reading the caller of a request must be testable without a server"));
    }

    @Test
    void rulesReadNoClock() throws IOException {
        check(noClasses()
                .that()
                .resideInAnyPackage(plainPackages())
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("time is passed as an argument"));
    }

    @Test
    void rulesPromisePlainJava() throws IOException {
        List<String> plain = List.of(plainPackages());
        for (String rules : List.of("access", "action", "error", "grammar", "header", "rate", "route", "tenant")) {
            assertTrue(plain.contains("dev.clew." + rules + ".."), rules);
        }
        assertTrue(plain.contains("dev.clew.trace.context.."), "trace.context");
    }

    /** The packages whose documentation promises plain Java, and all packages below them. */
    private static String[] plainPackages() throws IOException {
        return directoriesWithSources()
                .filter(directory -> PLAIN.matcher(read(directory.resolve("package-info.java")))
                        .find())
                .map(directory -> SOURCES.relativize(directory).toString().replace('/', '.') + "..")
                .toArray(String[]::new);
    }

    @Test
    void namesOnlyPackagesThatExist() {
        List<String> gone = Pattern.compile("\"(dev\\.clew[a-z0-9.]*?)(\\.\\.)?\"")
                .matcher(read(Path.of("src/test/java/dev/clew/ArchitectureTest.java")))
                .results()
                .map(name -> name.group(1))
                .filter(name -> !name.endsWith(".") && !CLEW.containPackage(name))
                .toList();
        assertEquals(List.of(), gone, "missing packages that rules name");
    }

    @Test
    void questionsReturnABooleanAndChangeNothing() {
        check(methods()
                .that()
                .haveNameMatching("(is|has)([A-Z].*)?")
                .should()
                .haveRawReturnType(boolean.class)
                .andShould(changeNothing())
                .because("a query must not change anything"));
    }

    /** Checks their own code only: it assigns no field of its class, and calls no method known to change one. */
    private static ArchCondition<JavaMethod> changeNothing() {
        return new ArchCondition<>("change nothing") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaAccess<?> access : method.getAccessesFromSelf()) {
                    if (isChange(access)) {
                        events.add(SimpleConditionEvent.violated(method, access.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isChange(JavaAccess<?> access) {
        JavaClass target = access.getTargetOwner();
        return access instanceof JavaFieldAccess field
                ? field.getAccessType() == AccessType.SET && target.equals(access.getOriginOwner())
                : (target.isAssignableTo(Collection.class)
                                || target.isAssignableTo(Map.class)
                                || target.getPackageName().equals("java.util.concurrent.atomic"))
                        && access.getName()
                                .matches("(add|put|remove|clear|set|getAnd|compareAnd|increment|decrement)" + ".*");
    }

    @Test
    void packagesHaveNoCycles() {
        // Each package is a slice, so that a.b may be used by a package that a uses.
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
                .because("classes of such names collect unrelated code"));
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
                .because("one translator reads the raw configuration"));
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
                        "dev.clew.header..",
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
                .because("they cost the native executable twice as much, on every request"));
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
        rule.check(CLEW);
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
