package dev.clew;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import java.io.FileDescriptor;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import javax.net.ssl.SSLContext;

/** Searches the static state of an initialised class for objects that GraalVM rejects in an image or would freeze. */
final class StaticState {

    /**
     * Netty's and Vert.x's buffers are of classes that Quarkus leaves to run time; the others GraalVM itself refuses.
     */
    private static final List<Class<?>> REFUSED = List.of(
            Random.class,
            SplittableRandom.class,
            Thread.class,
            InetAddress.class,
            FileDescriptor.class,
            ZipFile.class,
            SSLContext.class,
            ByteBuf.class,
            ByteBufAllocator.class,
            Channel.class,
            Buffer.class);

    private static final Set<String> PLATFORM = Set.of("java", "javax", "jdk", "sun");

    private final String holder;
    private final Consumer<String> found;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param found receives "holder.field: type" for each */
    StaticState(String holder, Consumer<String> found) {
        this.holder = holder;
        this.found = found;
    }

    void search(Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                visit(value(field, null), holder + "." + field.getName());
            }
        }
    }

    private void visit(Object value, String path) {
        if (value == null || isLeaf(value) || !seen.add(value)) {
            return;
        }
        Class<?> refused = refused(value);
        if (refused != null) {
            found.accept(path + ": " + refused.getName());
        } else if (value.getClass().isArray()) {
            for (int i = 0; !value.getClass().getComponentType().isPrimitive() && i < Array.getLength(value); i++) {
                visit(Array.get(value, i), path);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, mapped) -> {
                visit(key, path);
                visit(mapped, path);
            });
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(element -> visit(element, path));
        } else if (value instanceof AtomicReference<?> reference) {
            visit(reference.get(), path);
        } else {
            visitFields(value, path);
        }
    }

    /** Logging is prepared for an image by Quarkus. */
    private static boolean isLeaf(Object value) {
        return value instanceof Class
                || value instanceof ClassLoader
                || value instanceof java.util.logging.Logger
                || value instanceof org.jboss.logging.Logger;
    }

    private void visitFields(Object value, String path) {
        for (Class<?> type = value.getClass(); type != null && !ofThePlatform(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    visit(value(field, value), path);
                }
            }
        }
    }

    private static boolean ofThePlatform(Class<?> type) {
        String name = type.getName();
        return PLATFORM.contains(name.substring(0, Math.max(0, name.indexOf('.'))));
    }

    private static Class<?> refused(Object value) {
        if (value instanceof ByteBuffer buffer && buffer.isDirect()) {
            return ByteBuffer.class;
        }
        return REFUSED.stream()
                .filter(type -> type.isInstance(value))
                .findFirst()
                .orElse(null);
    }

    private static Object value(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (InaccessibleObjectException | IllegalAccessException | LinkageError e) {
            return null;
        }
    }
}
