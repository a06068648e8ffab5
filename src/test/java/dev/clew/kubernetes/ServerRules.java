package dev.clew.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The API server's rules for values beyond their types (k8s.io/kubernetes, pkg/apis, validation). */
final class ServerRules {

    /** RFC 1123, section 2.1. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private static final Pattern SUBDOMAIN = Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");

    /** A port's name, RFC 6335, section 5.1. */
    private static final Pattern PORT = Pattern.compile("(?=.*[a-z])(?!.*--)(?=.{1,15}$)" + LABEL);

    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern KEY =
            Pattern.compile("(" + SUBDOMAIN + "/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern FILE = Pattern.compile("(?!\\.\\.)[-._A-Za-z0-9]{1,253}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** The size limit of an object in etcd: a mebibyte. */
    private static final int MAX_DATA = 1 << 20;

    private final List<String> broken = new ArrayList<>();

    /** The name of the object under inspection. */
    private String who = "";

    private ServerRules() {}

    /** Returns violations as {@code kind name: message}. */
    static List<String> broken(Manifests manifests) {
        ServerRules rules = new ServerRules();
        Set<String> names = new HashSet<>();
        for (HasMetadata object : manifests.objects()) {
            rules.who = object.getKind() + " " + object.getMetadata().getName();
            rules.expect(names.add(rules.who), "once");
            rules.checkMetadata(object.getMetadata());
            rules.checkKind(object);
        }
        return rules.broken;
    }

    private void expect(boolean met, String what) {
        if (!met) {
            broken.add(who + ": " + what);
        }
    }

    private void expectAll(Pattern pattern, Stream<String> texts) {
        texts.filter(text -> !pattern.matcher(text).matches()).forEach(text -> expect(false, text));
    }

    private void expectDistinct(Stream<?> values, String what) {
        Set<Object> seen = new HashSet<>();
        values.filter(Objects::nonNull).forEach(value -> expect(seen.add(value), what + " " + value + " twice"));
    }

    private void checkMetadata(ObjectMeta metadata) {
        expectAll(SUBDOMAIN, Stream.of(metadata.getName()));
        checkLabels(metadata.getLabels());
        expectAll(KEY, metadata.getAnnotations().keySet().stream());
    }

    private void checkLabels(Map<String, String> labels) {
        expectAll(KEY, labels.keySet().stream());
        expectAll(VALUE, labels.values().stream());
    }

    private void checkKind(HasMetadata object) {
        if (object instanceof ConfigMap map) {
            expectAll(FILE, map.getData().keySet().stream());
            int bytes = map.getData().values().stream()
                    .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                    .sum();
            expect(bytes < MAX_DATA, bytes + " bytes");
        } else if (object instanceof Service service) {
            checkService(service);
        } else if (object instanceof Deployment deployment) {
            checkDeployment(deployment);
        } else if (object instanceof HorizontalPodAutoscaler autoscaler) {
            int least = autoscaler.getSpec().getMinReplicas();
            expect(least >= 1 && autoscaler.getSpec().getMaxReplicas() >= least, "maxReplicas");
        }
    }

    private void checkService(Service service) {
        List<ServicePort> ports = service.getSpec().getPorts();
        expectAll(LABEL, Stream.concat(ports.stream().map(ServicePort::getName), Stream.of(name(service))));
        expectDistinct(ports.stream().map(ServicePort::getName), "port");
        expectDistinct(ports.stream().map(port -> port.getPort() + port.getProtocol()), "port");
        ports.forEach(port -> expect(isPort(port.getPort()), "port " + port.getPort()));
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    private static boolean isPort(int port) {
        return port > 0 && port < 65_536;
    }

    private void checkDeployment(Deployment deployment) {
        checkLabels(deployment.getSpec().getTemplate().getMetadata().getLabels());
        // Selectors are immutable, so they must contain nothing that will change.
        expect(
                deployment.getSpec().getSelector().getMatchLabels().keySet().equals(Set.of("app.kubernetes.io/name")),
                "selector");
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        expectAll(LABEL, pod.getVolumes().stream().map(Volume::getName));
        expectDistinct(pod.getVolumes().stream().map(Volume::getName), "volume");
        expectDistinct(pod.getContainers().stream().map(Container::getName), "container");
        pod.getContainers().forEach(this::checkContainer);
    }

    private void checkContainer(Container container) {
        expectAll(LABEL, Stream.of(container.getName()));
        expectAll(PORT, container.getPorts().stream().map(ContainerPort::getName));
        expectDistinct(container.getPorts().stream().map(ContainerPort::getName), "port");
        expectDistinct(container.getPorts().stream().map(ContainerPort::getContainerPort), "port");
        container.getPorts().forEach(port -> expect(isPort(port.getContainerPort()), "port " + port.getName()));
        expectAll(VARIABLE, container.getEnv().stream().map(EnvVar::getName));
        expectDistinct(container.getEnv().stream().map(EnvVar::getName), "variable");
        container
                .getEnv()
                .forEach(variable ->
                        expect(variable.getValue() == null || variable.getValueFrom() == null, variable.getName()));
        expectDistinct(container.getVolumeMounts().stream().map(VolumeMount::getMountPath), "mount");
        container.getVolumeMounts().forEach(mount -> expect(mount.getMountPath().startsWith("/"), mount.getName()));
        container.getResources().getRequests().forEach((name, request) -> {
            Quantity limit = container.getResources().getLimits().get(name);
            expect(
                    request.getNumericalAmount().signum() > 0
                            && (limit == null
                                    || request.getNumericalAmount().compareTo(limit.getNumericalAmount()) <= 0),
                    "request of " + name);
        });
        Stream.of(container.getLivenessProbe(), container.getStartupProbe())
                .filter(Objects::nonNull)
                .map(Probe::getSuccessThreshold)
                .forEach(threshold -> expect(threshold == null || threshold == 1, "successThreshold"));
    }
}
