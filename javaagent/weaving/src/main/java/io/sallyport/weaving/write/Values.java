package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Instructions about values of any type. */
final class Values {

    static final Type OBJECT = Type.getType(Object.class);

    private Values() {}

    /** Turns what is on the stack into another type: boxed, unboxed, cast. */
    static void convert(MethodVisitor to, Type from, Type wanted) {
        if (from.equals(wanted)) {
            return;
        } else if (from == Type.VOID_TYPE) {
            pushDefault(to, wanted);
        } else if (isPrimitive(from) && isPrimitive(wanted)) {
            throw new IllegalStateException("advice would take " + from + " for " + wanted);
        } else if (isPrimitive(from)) {
            Type box = box(from);
            to.visitMethodInsn(
                    Opcodes.INVOKESTATIC, box.getInternalName(), "valueOf", Type.getMethodDescriptor(box, from), false);
        } else if (isPrimitive(wanted)) {
            Type box = box(wanted);
            to.visitTypeInsn(Opcodes.CHECKCAST, box.getInternalName());
            to.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    box.getInternalName(),
                    wanted.getClassName() + "Value",
                    Type.getMethodDescriptor(wanted),
                    false);
        } else if (!wanted.equals(OBJECT)) {
            to.visitTypeInsn(Opcodes.CHECKCAST, wanted.getInternalName());
        }
    }

    static void pushDefault(MethodVisitor to, Type type) {
        switch (type.getSort()) {
            case Type.VOID -> {}
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> to.visitInsn(Opcodes.ICONST_0);
            case Type.LONG -> to.visitInsn(Opcodes.LCONST_0);
            case Type.FLOAT -> to.visitInsn(Opcodes.FCONST_0);
            case Type.DOUBLE -> to.visitInsn(Opcodes.DCONST_0);
            default -> to.visitInsn(Opcodes.ACONST_NULL);
        }
    }

    static void pushInt(MethodVisitor to, int value) {
        if (value <= 5) {
            to.visitInsn(Opcodes.ICONST_0 + value);
        } else {
            to.visitIntInsn(Opcodes.SIPUSH, value);
        }
    }

    static void pop(MethodVisitor to, Type type) {
        if (type != Type.VOID_TYPE) {
            to.visitInsn(type.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
        }
    }

    /** As {@link Class#getName()} gives it. */
    static String binaryName(Type type) {
        return type.getSort() == Type.ARRAY ? type.getDescriptor().replace('/', '.') : type.getClassName();
    }

    static boolean isPrimitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }

    private static Type box(Type primitive) {
        return Type.getType(
                switch (primitive.getSort()) {
                    case Type.BOOLEAN -> Boolean.class;
                    case Type.BYTE -> Byte.class;
                    case Type.CHAR -> Character.class;
                    case Type.SHORT -> Short.class;
                    case Type.INT -> Integer.class;
                    case Type.LONG -> Long.class;
                    case Type.FLOAT -> Float.class;
                    case Type.DOUBLE -> Double.class;
                    default -> throw new IllegalStateException("nothing boxes " + primitive);
                });
    }
}
