package dev.clew.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of the profile "restricted" of the Pod Security Standards
 * (kubernetes.io/docs/concepts/security/pod-security-standards), and further ones of the hardening guides of CIS and
 * NSA.
 */
final class PodSecurity {

    /** The kinds of volumes in use, all of which "restricted" allows. */
    private static final Set<String> VOLUMES = Set.of("configMap", "emptyDir", "secret");

    private final List<String> violations = new ArrayList<>();
    private final Manifests manifests;

    private PodSecurity(Manifests manifests) {
        this.manifests = manifests;
    }

    /** Returns violations as {@code pod: rule}. */
    static List<String> violations(Manifests manifests) {
        PodSecurity security = new PodSecurity(manifests);
        manifests.all(Deployment.class).forEach(security::check);
        return security.violations;
    }

    private void expect(boolean met, String who, String what) {
        if (!met) {
            violations.add(who + ": " + what);
        }
    }

    private void check(Deployment deployment) {
        String name = deployment.getMetadata().getName();
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        checkNode(name, pod);
        checkUser(name, pod.getSecurityContext());
        checkVolumes(name, pod.getVolumes());
        checkAccount(name, pod);
        expect(isolated(deployment), name, "a NetworkPolicy for both directions");
        for (Container container : all(pod)) {
            checkRights(name, container.getSecurityContext());
            checkImage(name, container.getImage());
            checkResources(name, container);
            expect(
                    container.getPorts().stream()
                            .map(ContainerPort::getHostPort)
                            .allMatch(port -> port == null),
                    name,
                    "no port of the node");
        }
    }

    private static List<Container> all(PodSpec pod) {
        return Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
                .toList();
    }

    private void checkNode(String name, PodSpec pod) {
        expect(!isTrue(pod.getHostNetwork()), name, "not the node's network");
        expect(!isTrue(pod.getHostPID()) && !isTrue(pod.getHostIPC()), name, "not the node's processes");
    }

    private void checkUser(String name, PodSecurityContext context) {
        expect(context != null, name, "securityContext");
        if (context != null) {
            expect(isTrue(context.getRunAsNonRoot()), name, "runAsNonRoot");
            // IDs above 10000 belong to no user of the node.
            expect(context.getRunAsUser() != null && context.getRunAsUser() > 10_000, name, "runAsUser");
            expect(context.getRunAsGroup() != null && context.getRunAsGroup() > 10_000, name, "runAsGroup");
            expect(
                    context.getSeccompProfile() != null
                            && context.getSeccompProfile().getType().equals("RuntimeDefault"),
                    name,
                    "seccompProfile");
            expect(context.getSysctls().isEmpty(), name, "no sysctls");
        }
    }

    private void checkRights(String name, SecurityContext context) {
        expect(context != null, name, "a container's securityContext");
        if (context != null) {
            expect(isFalse(context.getAllowPrivilegeEscalation()), name, "allowPrivilegeEscalation");
            expect(isTrue(context.getReadOnlyRootFilesystem()), name, "readOnlyRootFilesystem");
            expect(!isTrue(context.getPrivileged()) && context.getProcMount() == null, name, "not privileged");
            expect(
                    context.getCapabilities() != null
                            && context.getCapabilities().getDrop().contains("ALL")
                            && context.getCapabilities().getAdd().isEmpty(),
                    name,
                    "capabilities");
            // A container must not revoke the pod's settings.
            expect(
                    context.getRunAsUser() == null
                            && context.getRunAsNonRoot() == null
                            && context.getSeccompProfile() == null,
                    name,
                    "the pod's user");
        }
    }

    private void checkVolumes(String name, List<Volume> volumes) {
        for (Volume volume : volumes) {
            Set<Object> kinds = new HashSet<>(Manifests.fields(volume).keySet());
            kinds.remove("name");
            expect(VOLUMES.containsAll(kinds), name, "volume " + volume.getName() + " of " + kinds);
            expect(
                    volume.getEmptyDir() == null || volume.getEmptyDir().getSizeLimit() != null,
                    name,
                    "sizeLimit of " + volume.getName());
        }
    }

    private void checkAccount(String name, PodSpec pod) {
        expect(isFalse(pod.getAutomountServiceAccountToken()), name, "automountServiceAccountToken");
        expect(isFalse(pod.getEnableServiceLinks()), name, "enableServiceLinks");
        expect(
                manifests.all(ServiceAccount.class).stream()
                        .filter(account -> account.getMetadata().getName().equals(pod.getServiceAccountName()))
                        .anyMatch(account -> isFalse(account.getAutomountServiceAccountToken())),
                name,
                "a service account without a token");
    }

    private void checkImage(String name, String image) {
        int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
        expect(tag > 0 && !image.endsWith(":latest"), name, "an image with a version: " + image);
    }

    private void checkResources(String name, Container container) {
        Map<String, Quantity> limits = container.getResources().getLimits();
        Map<String, Quantity> requests = container.getResources().getRequests();
        for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
            expect(limits.containsKey(resource) && requests.containsKey(resource), name, resource);
        }
    }

    private boolean isolated(Deployment deployment) {
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        return manifests.all(NetworkPolicy.class).stream()
                .map(NetworkPolicy::getSpec)
                .filter(policy -> labels.entrySet()
                        .containsAll(policy.getPodSelector().getMatchLabels().entrySet()))
                .anyMatch(policy -> policy.getPolicyTypes().containsAll(List.of("Ingress", "Egress")));
    }

    private static boolean isTrue(Boolean value) {
        return value != null && value;
    }

    private static boolean isFalse(Boolean value) {
        return value != null && !value;
    }
}
