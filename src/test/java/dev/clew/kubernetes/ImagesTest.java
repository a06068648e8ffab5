package dev.clew.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks that the images and their documentation match the Deployment. */
class ImagesTest {

    private static final Path FOLDER = Path.of("native-build");
    private static final Pattern LIBRARY = Pattern.compile("\\blib(?!c\\.so|netty)[a-z_]+\\.so\\.\\d+");
    private static final List<String> LOADED = List.of(
            "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
            "META-INF/native/libnetty_tcnative_linux_x86_64.so");

    private final String jvm = Files.readString(FOLDER.resolve("Dockerfile.jvm"));
    private final String executable = Files.readString(FOLDER.resolve("Dockerfile.native"));
    private final String distroless = Files.readString(FOLDER.resolve("Dockerfile.distroless"));
    private final PodSpec pod = Manifests.committed()
            .named(Deployment.class, "clew")
            .getSpec()
            .getTemplate()
            .getSpec();
    private final Container container = pod.getContainers().get(0);

    ImagesTest() throws IOException {}

    /** Returns the arguments of this instruction in the last stage. */
    private static String said(String dockerfile, String instruction) {
        Matcher line = Pattern.compile("(?m)^" + instruction + " (.+)$")
                .matcher(dockerfile.substring(dockerfile.lastIndexOf("\nFROM ")));
        assertTrue(line.find(), instruction);
        return line.group(1);
    }

    @Test
    void runAsTheDeploymentSays() {
        for (String image : List.of(jvm, executable, distroless)) {
            assertEquals(
                    pod.getSecurityContext().getRunAsUser() + ":"
                            + pod.getSecurityContext().getRunAsGroup(),
                    said(image, "USER"));
            assertEquals(
                    container.getPorts().stream()
                            .map(port -> port.getContainerPort().toString())
                            .collect(Collectors.joining(" ")),
                    said(image, "EXPOSE"));
            EnvVar configuration = container.getEnv().stream()
                    .filter(variable -> variable.getName().equals("CLEW_CONFIG"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("CLEW_CONFIG=" + configuration.getValue(), said(image, "ENV"));
            VolumeMount writable = container.getVolumeMounts().stream()
                    .filter(mount -> mount.getName().equals("temporary"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(writable.getMountPath(), said(image, "WORKDIR"));
            assertTrue(image.contains("-t " + container.getImage() + " ."), container::getImage);
            assertTrue(image.contains("org.opencontainers.image.licenses=\"Apache-2.0\""));
        }
        assertTrue(container.getCommand().isEmpty() && container.getArgs().isEmpty(), "the image's own entry point");
    }

    @Test
    void startWhatTheyCopy() {
        assertEquals("[\"/opt/clew/clew\"]", said(executable, "ENTRYPOINT"));
        assertTrue(executable.contains("-runner /image/opt/clew/clew"));
        assertEquals("[\"/opt/clew/clew\"]", said(distroless, "ENTRYPOINT"));
        assertEquals("target/clew-*-runner /opt/clew/clew", said(distroless, "COPY"));
        assertTrue(said(jvm, "ENTRYPOINT").endsWith("\"-jar\", \"/opt/clew/quarkus-run.jar\"]"));
        assertTrue(jvm.contains("COPY target/quarkus-app/quarkus-run.jar /opt/clew/\n"));
    }

    /** The cache belongs to one JVM; another one silently ignores it. */
    @Test
    void jvmImageStartsWithTheCacheThatItsBuildHasWritten() {
        Matcher written = Pattern.compile("-XX:AOTCacheOutput=(\\S+)").matcher(jvm);
        assertTrue(written.find());
        assertTrue(said(jvm, "ENTRYPOINT").contains("\"-XX:AOTCache=" + written.group(1) + "\""));
        assertEquals(1, Pattern.compile("(?m)^FROM ").matcher(jvm).results().count());
    }

    /** The image contains neither a build stage nor a shell, and runs nothing that needs one. */
    @Test
    void distrolessImageOnlyCopiesTheExecutable() {
        assertTrue(distroless.contains("\nARG BASE\nFROM ${BASE}\n"), "without a default, which would become outdated");
        assertFalse(Pattern.compile("(?m)^RUN ").matcher(distroless).find());
        assertFalse(distroless.contains("--from="));
    }

    @Test
    void pageSaysWhatTheyAre() throws IOException {
        String page = Files.readString(FOLDER.resolve("README.md"));
        assertTrue(page.contains("-t " + container.getImage() + " ."));
        assertTrue(page.contains("user " + pod.getSecurityContext().getRunAsUser()));
        assertFalse(said(executable, "COPY").contains("bin"));
    }

    /** Without a base, the image contains copied files only; a missing library would just slow the gateway down. */
    @Test
    void nativeImageHasTheLibrariesThatNettysLibrariesLoad() throws IOException {
        for (String file : LOADED) {
            String content;
            try (InputStream library = ImagesTest.class.getClassLoader().getResourceAsStream(file)) {
                content = new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
            Set<String> loaded = LIBRARY.matcher(content)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertFalse(loaded.isEmpty());
            loaded.forEach(name -> assertTrue(executable.contains(" " + name), name));
        }
    }
}
