package dev.clew.linkage;

import dev.clew.linkage.Hierarchy.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.tree.MethodNode;

/**
 * Follows calls from given methods on, as a native compiler does (rapid type analysis): a virtual call reaches the
 * methods of all classes that reached code instantiates, and the platform calls any method of such an instance that
 * overrides one of its own. Reflection is not followed, except for service providers.
 */
final class Reach implements References.Sink {

    private final ClassFiles classes;
    private final Hierarchy hierarchy;
    private final Map<String, String> reachedFrom = new HashMap<>();
    private final Deque<Method> waiting = new ArrayDeque<>();
    private final Set<String> linked = new HashSet<>();
    private final Set<String> instances = new HashSet<>();
    private final Map<String, Set<String>> instancesOf = new HashMap<>();
    private final Map<String, Set<String>> calledOn = new HashMap<>();
    private final SortedMap<String, String> missing = new TreeMap<>();
    private String current = "the start";

    Reach(ClassFiles classes) {
        this.classes = classes;
        this.hierarchy = new Hierarchy(classes);
    }

    /** Adds all methods of a class to the start of the search. */
    void from(String type) {
        link(type);
        instance(type);
        hierarchy.declared(type).values().forEach(method -> reach(new Method(type, method)));
    }

    /** Returns the missing classes and members, each with a chain of callers that needs it. */
    SortedMap<String, String> missing() {
        while (!waiting.isEmpty()) {
            Method method = waiting.remove();
            current = method.toString();
            References.of(method.code(), this);
        }
        return missing;
    }

    int size() {
        return reachedFrom.size();
    }

    @Override
    public void type(String name) {
        link(name);
    }

    @Override
    public void literal(String name) {
        link(name);
        classes.providers(name).forEach(this::provider);
    }

    private void provider(String name) {
        instance(name);
        hierarchy.resolve(name, "<init>()V").ifPresent(this::reach);
        hierarchy.declared(name).forEach((signature, method) -> {
            if (signature.startsWith("provider()")) {
                reach(new Method(name, method));
            }
        });
    }

    @Override
    public void instance(String name) {
        link(name);
        if (!instances.add(name)) {
            return;
        }
        initialise(name);
        for (String type : hierarchy.supertypes(name)) {
            instancesOf.computeIfAbsent(type, key -> new HashSet<>()).add(name);
            Set<String> called = new HashSet<>(calledOn.getOrDefault(type, Set.of()));
            if (classes.isPlatform(type)) {
                called.addAll(hierarchy.declared(type).keySet());
            }
            called.forEach(signature -> dispatch(name, signature));
        }
    }

    @Override
    public void field(String owner, String name, String descriptor, boolean isStatic) {
        if (!link(owner)) {
            return;
        }
        if (!hierarchy.hasField(owner, name, descriptor)) {
            report(owner.replace('/', '.') + "." + name + ":" + descriptor);
        }
        if (isStatic) {
            initialise(owner);
        }
    }

    @Override
    public void call(String owner, String name, String descriptor, boolean isVirtual) {
        if (owner.startsWith("[") || !link(owner) || References.isPolymorphic(owner)) {
            return;
        }
        Optional<Method> method = hierarchy.resolve(owner, name + descriptor);
        if (method.isEmpty()) {
            report(owner.replace('/', '.') + "." + name + descriptor);
        } else if (isVirtual && !name.equals("<init>")) {
            virtual(owner, name + descriptor);
        } else {
            reach(method.get());
            initialise(method.get().owner());
        }
    }

    private void virtual(String owner, String signature) {
        if (calledOn.computeIfAbsent(owner, key -> new HashSet<>()).add(signature)) {
            List.copyOf(instancesOf.getOrDefault(owner, Set.of())).forEach(type -> dispatch(type, signature));
        }
    }

    private void dispatch(String type, String signature) {
        hierarchy
                .resolve(type, signature)
                .filter(method -> !Modifier.isStatic(method.code().access))
                .ifPresent(this::reach);
    }

    private void initialise(String type) {
        for (String one : hierarchy.supertypes(type)) {
            MethodNode initialiser = hierarchy.declared(one).get("<clinit>()V");
            if (initialiser != null) {
                reach(new Method(one, initialiser));
            }
        }
    }

    private void reach(Method method) {
        if (!classes.isPlatform(method.owner()) && reachedFrom.putIfAbsent(method.toString(), current) == null) {
            waiting.add(method);
        }
    }

    /** Returns whether a class exists with all its supertypes. */
    private boolean link(String name) {
        Set<String> absent = hierarchy.missing(name);
        if (linked.add(name)) {
            absent.forEach(one -> report(one.replace('/', '.')));
        }
        return absent.isEmpty();
    }

    private void report(String what) {
        missing.computeIfAbsent(what, key -> chain());
    }

    private String chain() {
        List<String> callers = new ArrayList<>();
        for (String one = current; one != null && callers.size() < 30; one = reachedFrom.get(one)) {
            callers.add(one);
        }
        return String.join("\n    from ", callers);
    }
}
