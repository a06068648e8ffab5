package dev.clew.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Resolves references between objects, and collects those to missing ones. */
final class References {

    private final Manifests manifests;
    private final List<String> dangling = new ArrayList<>();

    private References(Manifests manifests) {
        this.manifests = manifests;
    }

    /** Returns missing references as {@code object: name}. */
    static List<String> dangling(Manifests manifests) {
        References references = new References(manifests);
        manifests.all(Deployment.class).forEach(references::checkPods);
        manifests.all(Service.class).forEach(references::checkService);
        manifests.all(HorizontalPodAutoscaler.class).forEach(references::checkAutoscaler);
        manifests
                .all(PodDisruptionBudget.class)
                .forEach(budget -> references.select(budget, budget.getSpec().getSelector()));
        manifests.all(NetworkPolicy.class).forEach(references::checkPolicy);
        return references.dangling;
    }

    private void expect(boolean found, HasMetadata who, String what) {
        if (!found) {
            dangling.add(who.getKind() + " " + who.getMetadata().getName() + ": " + what);
        }
    }

    private boolean exists(Class<? extends HasMetadata> kind, String name) {
        return manifests.all(kind).stream()
                .anyMatch(object -> object.getMetadata().getName().equals(name));
    }

    private void checkPods(Deployment deployment) {
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        expect(matches(deployment.getSpec().getSelector(), labels), deployment, "its own pods");
        expect(exists(ServiceAccount.class, pod.getServiceAccountName()), deployment, "service account");
        for (TopologySpreadConstraint spread : pod.getTopologySpreadConstraints()) {
            expect(matches(spread.getLabelSelector(), labels), deployment, "pods to spread");
        }
        for (Volume volume : pod.getVolumes()) {
            if (volume.getConfigMap() != null) {
                expect(exists(ConfigMap.class, volume.getConfigMap().getName()), deployment, volume.getName());
            }
            // Credentials must not be committed.
            expect(volume.getSecret() == null || volume.getSecret().getOptional(), deployment, volume.getName());
        }
        pod.getContainers().forEach(container -> checkContainer(deployment, pod, container));
    }

    private void checkContainer(Deployment deployment, PodSpec pod, Container container) {
        for (VolumeMount mount : container.getVolumeMounts()) {
            expect(
                    pod.getVolumes().stream()
                            .anyMatch(volume -> volume.getName().equals(mount.getName())),
                    deployment,
                    "volume " + mount.getName());
            expect(mount.getSubPath() == null, deployment, mount.getName() + " as a folder, which follows changes");
        }
        for (EnvFromSource source : container.getEnvFrom()) {
            expect(
                    source.getConfigMapRef() == null
                            || exists(ConfigMap.class, source.getConfigMapRef().getName()),
                    deployment,
                    "variables");
            expect(
                    source.getSecretRef() == null || source.getSecretRef().getOptional(),
                    deployment,
                    "secret variables");
        }
        Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .filter(probe -> probe != null)
                .map(Probe::getHttpGet)
                .map(HTTPGetAction::getPort)
                .forEach(port -> expect(has(container, port, "TCP"), deployment, "probe's port " + port.getValue()));
    }

    private void checkService(Service service) {
        for (ServicePort port : service.getSpec().getPorts()) {
            expect(
                    pods().anyMatch(pod -> covers(pod, service.getSpec().getSelector())
                            && hasPort(pod, port.getTargetPort(), port.getProtocol())),
                    service,
                    "target port " + port.getTargetPort().getValue());
        }
    }

    private void checkAutoscaler(HorizontalPodAutoscaler autoscaler) {
        String target = autoscaler.getSpec().getScaleTargetRef().getName();
        expect(exists(Deployment.class, target), autoscaler, "target " + target);
    }

    private void checkPolicy(NetworkPolicy policy) {
        select(policy, policy.getSpec().getPodSelector());
        Map<String, String> selected = policy.getSpec().getPodSelector().getMatchLabels();
        for (NetworkPolicyIngressRule rule : policy.getSpec().getIngress()) {
            rule.getPorts()
                    .forEach(port -> expect(
                            pods().anyMatch(pod ->
                                    covers(pod, selected) && hasPort(pod, port.getPort(), port.getProtocol())),
                            policy,
                            "port " + port.getPort().getValue()));
        }
    }

    private void select(HasMetadata who, LabelSelector selector) {
        expect(pods().anyMatch(pod -> covers(pod, selector.getMatchLabels())), who, "pods to select");
    }

    private Stream<Deployment> pods() {
        return manifests.all(Deployment.class).stream();
    }

    private static boolean covers(Deployment deployment, Map<String, String> labels) {
        return deployment
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels()
                .entrySet()
                .containsAll(labels.entrySet());
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
    }

    private static boolean hasPort(Deployment deployment, IntOrString port, String protocol) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .anyMatch(container -> has(container, port, protocol));
    }

    private static boolean has(Container container, IntOrString port, String protocol) {
        for (ContainerPort offered : container.getPorts()) {
            if (offered.getProtocol().equals(protocol)
                    && (port.getIntVal() != null
                            ? port.getIntVal().equals(offered.getContainerPort())
                            : port.getStrVal().equals(offered.getName()))) {
                return true;
            }
        }
        return false;
    }
}
