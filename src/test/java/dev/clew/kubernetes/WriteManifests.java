package dev.clew.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Runs at the end of {@code ./mvnw package}: writes {@code kubernetes/base} and the alerting rules for Kubernetes or,
 * in CI, fails if the committed files differ.
 */
public final class WriteManifests {

    private static final Path FOLDER = Path.of("kubernetes/base");
    private static final Path RULES = Path.of("kubernetes/components/monitoring/rules.yml");
    private static final Path ALERTS = Path.of("docs/alerts.yml");
    private static final Path MADE_BY_EXTENSION = Path.of("target/kubernetes/kubernetes.yml");

    private WriteManifests() {}

    /** @param arguments {@code write} or {@code compare} */
    public static void main(String... arguments) throws IOException {
        // The build of an image contains only the sources.
        if (Files.isDirectory(FOLDER)) {
            List<Path> stale = put(
                    Map.of(
                            FOLDER.resolve("kubernetes.yml"),
                            kubernetes(),
                            FOLDER.resolve("configuration.yml"),
                            ConfigMaps.text(),
                            RULES,
                            rules()),
                    arguments[0].equals("write"));
            if (!stale.isEmpty()) {
                throw new IllegalStateException(
                        stale + ": not what the sources make; run ./mvnw package and commit what it writes");
            }
        }
    }

    /**
     * Returns the manifests with the hash of the telemetry settings in the pods' annotations, so that a change replaces
     * the pods.
     */
    static String kubernetes() throws IOException {
        String hash = HexFormat.of().formatHex(sha256(ConfigMaps.telemetry().toString()), 0, 8);
        return "# Made from application.properties and src/main/kubernetes/kubernetes.yml, where the reasons stand.\n"
                + SteadyYaml.of(Files.readString(MADE_BY_EXTENSION)).replace("HASH-OF-TELEMETRY", hash);
    }

    /** Returns the alerting rules as an object of the Prometheus operator. */
    static String rules() throws IOException {
        String groups = Files.readString(ALERTS);
        return """
                # Made from docs/alerts.yml.
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata:
                  name: clew
                  labels:
                    app.kubernetes.io/name: clew
                    app.kubernetes.io/component: metrics
                    app.kubernetes.io/part-of: clew
                spec:
                """
                + groups.substring(groups.indexOf("groups:")).indent(2);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the files that differ, after writing them if allowed. */
    private static List<Path> put(Map<Path, String> files, boolean write) throws IOException {
        List<Path> stale = new ArrayList<>();
        for (Map.Entry<Path, String> file : files.entrySet()) {
            if (!Files.exists(file.getKey()) || !Files.readString(file.getKey()).equals(file.getValue())) {
                if (write) {
                    Files.writeString(file.getKey(), file.getValue());
                } else {
                    stale.add(file.getKey());
                }
            }
        }
        return stale;
    }
}
