package dev.clew.contract.deployment;

import dev.clew.kubernetes.Manifests;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A cluster's state after manifests were applied, and the effect of the documented commands on it. */
final class Cluster {

    private static final Pattern WORD = Pattern.compile("(?:[^\\s']|'[^']*')+");
    private static final String LITERAL = "--from-literal=";

    private final Deployment deployment;
    private final Map<String, Map<String, String>> configMaps = new TreeMap<>();
    private final Map<String, Map<String, String>> secrets = new TreeMap<>();
    private boolean restarted;

    private Cluster(Deployment deployment) {
        this.deployment = deployment;
    }

    /** Returns the state after {@code kubernetes/base} was applied. */
    static Cluster applied() throws IOException {
        return of(Manifests.committed());
    }

    /** Returns the state after these manifests were applied. */
    static Cluster of(Manifests manifests) {
        Cluster cluster = new Cluster(manifests.named(Deployment.class, "clew"));
        for (String name : List.of("clew-gateway", "clew-tenants", "clew-telemetry")) {
            cluster.configMaps.put(
                    name, new TreeMap<>(manifests.named(ConfigMap.class, name).getData()));
        }
        return cluster;
    }

    Deployment deployment() {
        return deployment;
    }

    /** Returns the data of a ConfigMap, or null if it does not exist. */
    Map<String, String> configMap(String name) {
        return configMaps.get(name);
    }

    /** Returns the data of a Secret, or null if it does not exist. */
    Map<String, String> secret(String name) {
        return secrets.get(name);
    }

    void deleteConfigMap(String name) {
        configMaps.remove(name);
    }

    void putSecret(String name, Map<String, String> data) {
        secrets.put(name, data);
    }

    /** Returns whether the commands since the last call replaced the pods. */
    boolean takeRestart() {
        boolean taken = restarted;
        restarted = false;
        return taken;
    }

    /** Runs commands as a shell would; an unsupported command is an error. */
    void run(String commands) {
        List<String> command = new ArrayList<>();
        Matcher words = WORD.matcher(commands);
        while (words.find()) {
            String word = words.group().replace("'", "");
            boolean piped =
                    !command.isEmpty() && command.get(command.size() - 1).equals("|");
            if (word.equals("kubectl") && !command.isEmpty() && !piped) {
                kubectl(command);
                command.clear();
            }
            command.add(word);
        }
        kubectl(command);
    }

    private void kubectl(List<String> words) {
        String verb = String.join(" ", words.subList(1, 3));
        if (verb.equals("patch configmap") && words.get(4).equals("--patch") && words.size() == 6) {
            patch(words.get(3), words.get(5));
        } else if (verb.equals("create secret") && words.get(3).equals("generic")) {
            create(words.get(4), words.subList(5, words.size()));
        } else if (words.equals(List.of("kubectl", "rollout", "restart", "deployment/clew"))) {
            restarted = true;
        } else {
            throw new IllegalArgumentException("no such command here: " + words);
        }
    }

    /** Applies a merge patch (RFC 7386) to the single level of {@code data}: null removes. */
    private void patch(String name, String yaml) {
        Map<?, ?> patch = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        if (!patch.keySet().equals(Set.of("data"))) {
            throw new IllegalArgumentException("not data alone: " + patch.keySet());
        }
        Map<String, String> data = configMaps.get(name);
        ((Map<?, ?>) patch.get("data")).forEach((key, value) -> {
            if (value == null) {
                data.remove(key);
            } else {
                // The API server accepts text only.
                data.put((String) key, (String) value);
            }
        });
    }

    private void create(String name, List<String> options) {
        Map<String, String> data = new TreeMap<>();
        List<String> rest = new ArrayList<>();
        for (String option : options) {
            if (option.startsWith(LITERAL)) {
                String[] literal = option.substring(LITERAL.length()).split("=", 2);
                data.put(literal[0], literal[1]);
            } else {
                rest.add(option);
            }
        }
        boolean replaces = String.join(" ", rest).equals("--dry-run=client -o yaml | kubectl apply --server-side -f -");
        if (!replaces && (!rest.isEmpty() || secrets.containsKey(name))) {
            throw new IllegalArgumentException("create secret " + name + ": " + rest);
        }
        secrets.put(name, data);
    }
}
