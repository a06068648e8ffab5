package dev.clew.linkage;

import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Resolves members as the virtual machine does (JVMS 5.4.3). */
final class Hierarchy {

    /** A method and the class that declares it. */
    record Method(String owner, MethodNode code) {
        @Override
        public String toString() {
            return owner.replace('/', '.') + "." + code.name + code.desc;
        }
    }

    private final ClassFiles classes;
    private final Map<String, Set<String>> supertypes = new HashMap<>();
    private final Map<String, Map<String, MethodNode>> declared = new HashMap<>();

    Hierarchy(ClassFiles classes) {
        this.classes = classes;
    }

    /** Returns a class, its superclasses from the nearest one on, and then all interfaces; they may be missing. */
    Set<String> supertypes(String name) {
        Set<String> known = supertypes.get(name);
        if (known == null) {
            known = new LinkedHashSet<>();
            Set<String> interfaces = new LinkedHashSet<>();
            for (Optional<ClassNode> one = classes.find(name); one.isPresent(); one = superclass(one.get())) {
                known.add(one.get().name);
                one.get().interfaces.forEach(declared -> interfaces.addAll(supertypes(declared)));
                if (one.get().superName != null
                        && classes.find(one.get().superName).isEmpty()) {
                    known.add(one.get().superName);
                }
            }
            if (known.isEmpty()) {
                known.add(name);
            }
            known.addAll(interfaces);
            supertypes.put(name, known);
        }
        return known;
    }

    private Optional<ClassNode> superclass(ClassNode one) {
        return one.superName == null ? Optional.empty() : classes.find(one.superName);
    }

    /** Returns the missing ones of a class and its supertypes. */
    Set<String> missing(String name) {
        Set<String> missing = new TreeSet<>(supertypes(name));
        missing.removeIf(one -> classes.find(one).isPresent());
        return missing;
    }

    /** Returns the method that a reference resolves to, or empty if there is none. */
    Optional<Method> resolve(String owner, String signature) {
        Method abstractOne = null;
        for (String name : supertypes(owner)) {
            MethodNode method = declared(name).get(signature);
            if (method != null && !Modifier.isAbstract(method.access)) {
                return Optional.of(new Method(name, method));
            }
            if (method != null && abstractOne == null) {
                abstractOne = new Method(name, method);
            }
        }
        return Optional.ofNullable(abstractOne);
    }

    /** Returns whether a class or a supertype declares a field. */
    boolean hasField(String owner, String name, String descriptor) {
        return supertypes(owner).stream()
                .flatMap(type -> classes.find(type).stream())
                .flatMap(type -> type.fields.stream())
                .anyMatch(field -> field.name.equals(name) && field.desc.equals(descriptor));
    }

    /** Returns a class's own methods by name and descriptor. */
    Map<String, MethodNode> declared(String name) {
        Map<String, MethodNode> known = declared.get(name);
        if (known == null) {
            Map<String, MethodNode> methods = new HashMap<>();
            classes.find(name)
                    .ifPresent(type -> type.methods.forEach(method -> methods.put(method.name + method.desc, method)));
            declared.put(name, methods);
            known = methods;
        }
        return known;
    }
}
