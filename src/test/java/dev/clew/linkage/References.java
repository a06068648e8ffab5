package dev.clew.linkage;

import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The references of a method's code to classes and their members. */
final class References {

    /** A receiver of references, with internal names. */
    interface Sink {
        void type(String name);

        void literal(String name);

        void instance(String name);

        void field(String owner, String name, String descriptor, boolean isStatic);

        void call(String owner, String name, String descriptor, boolean isVirtual);
    }

    /** The classes with signature-polymorphic methods (JVMS 2.9.3). */
    private static final Set<String> POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    private References() {}

    static boolean isPolymorphic(String owner) {
        return POLYMORPHIC.contains(owner);
    }

    static void of(MethodNode method, Sink sink) {
        for (AbstractInsnNode one : method.instructions) {
            if (one instanceof TypeInsnNode type) {
                type(Type.getObjectType(type.desc), type.getOpcode() == Opcodes.NEW, sink);
            } else if (one instanceof MultiANewArrayInsnNode array) {
                type(Type.getType(array.desc), false, sink);
            } else if (one instanceof FieldInsnNode field) {
                boolean isStatic = field.getOpcode() == Opcodes.GETSTATIC || field.getOpcode() == Opcodes.PUTSTATIC;
                sink.field(field.owner, field.name, field.desc, isStatic);
            } else if (one instanceof MethodInsnNode call) {
                boolean isVirtual =
                        call.getOpcode() == Opcodes.INVOKEVIRTUAL || call.getOpcode() == Opcodes.INVOKEINTERFACE;
                sink.call(call.owner, call.name, call.desc, isVirtual);
            } else if (one instanceof LdcInsnNode constant) {
                constant(constant.cst, sink);
            } else if (one instanceof InvokeDynamicInsnNode dynamic) {
                for (Object argument : dynamic.bsmArgs) {
                    constant(argument, sink);
                }
            }
        }
    }

    private static void constant(Object constant, Sink sink) {
        if (constant instanceof Handle handle) {
            handle(handle, sink);
        } else if (constant instanceof Type type && type.getSort() == Type.OBJECT) {
            sink.literal(type.getInternalName());
        }
    }

    private static void handle(Handle handle, Sink sink) {
        if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
            sink.field(handle.getOwner(), handle.getName(), handle.getDesc(), true);
            return;
        }
        boolean isVirtual = handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKEINTERFACE;
        if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            sink.instance(handle.getOwner());
        }
        sink.call(handle.getOwner(), handle.getName(), handle.getDesc(), isVirtual);
    }

    private static void type(Type type, boolean isMade, Sink sink) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.OBJECT && isMade) {
            sink.instance(element.getInternalName());
        } else if (element.getSort() == Type.OBJECT) {
            sink.type(element.getInternalName());
        }
    }
}
