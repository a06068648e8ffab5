package dev.clew.linkage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The classes available to a process, by internal name: those of its jars and those of the platform. */
final class ClassFiles {

    private static final String SERVICES = "META-INF/services/";
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, Set<String>> providers = new HashMap<>();
    private final Map<String, Optional<ClassNode>> read = new HashMap<>();

    /** @param jars in the order of the class path: the first one that has a class provides it */
    static ClassFiles of(List<Path> jars) throws IOException {
        ClassFiles classes = new ClassFiles();
        for (Path jar : jars) {
            classes.add(jar);
        }
        return classes;
    }

    private void add(Path path) throws IOException {
        Set<String> own = new HashSet<>();
        try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion())) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
                String name = entry.getName();
                if (name.endsWith(".class") && own.add(name)) {
                    files.putIfAbsent(name.substring(0, name.length() - ".class".length()), bytes(jar, entry));
                } else if (name.startsWith(SERVICES) && !entry.isDirectory()) {
                    addProviders(name.substring(SERVICES.length()).replace('.', '/'), bytes(jar, entry));
                }
            }
        }
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private void addProviders(String service, byte[] lines) {
        Set<String> names = providers.computeIfAbsent(service, key -> new LinkedHashSet<>());
        new String(lines, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip().replace('.', '/'))
                .filter(line -> !line.isEmpty())
                .forEach(names::add);
    }

    /** Returns the names of the classes in one jar. */
    static List<String> in(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            Enumeration<JarEntry> entries = jar.entries();
            return Collections.list(entries).stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }

    /** Returns the classes that {@code META-INF/services} names for a service. */
    Set<String> providers(String service) {
        return providers.getOrDefault(service, Set.of());
    }

    /** Returns whether a class is the platform's; the methods of these are read without their code. */
    boolean isPlatform(String name) {
        return !files.containsKey(name);
    }

    /** Returns the class, or empty if neither a jar nor the platform has it. */
    Optional<ClassNode> find(String name) {
        Optional<ClassNode> known = read.get(name);
        if (known == null) {
            known = read(name);
            read.put(name, known);
        }
        return known;
    }

    private Optional<ClassNode> read(String name) {
        byte[] own = files.get(name);
        if (own != null) {
            return Optional.of(node(new ClassReader(own), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES));
        }
        try (InputStream in = PLATFORM.getResourceAsStream(name + ".class")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(node(new ClassReader(in), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassNode node(ClassReader reader, int options) {
        ClassNode node = new ClassNode();
        reader.accept(node, options);
        return node;
    }
}
