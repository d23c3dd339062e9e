package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Follows how many slots of the operand stack are in use. A method may leave more there than it returns (JVMS 6.5, {@code return}); compilers
 * do not, and code that joins a method's returns has to know. Needs expanded stack map frames.
 */
abstract class StackDepth extends MethodVisitor {

    /** By opcode, JVMS 6.5: the letter {@code e} stands for no change, its neighbours for one slot less and one more. */
    private static final String CHANGE =
            "effffffffggfffggffffffgfgfeeeeeeeeeeeeeeeeeeeedededddddcdcdeeeeeeeeeeeeeeeeeeeebababbbbdcfffgggedcdc"
                    + "dcdcdcdcdcdcdcdceeeedddddddcdcdcefefddeeffdedeeebddbbddddddccccccccefedddcdcdeeeeeeeeeefeeedeeddeedd";

    private int depth;

    StackDepth(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** Slots in use before the instruction that is visited. */
    final int depth() {
        return depth;
    }

    @Override
    public void visitInsn(int opcode) {
        super.visitInsn(opcode);
        change(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        super.visitIntInsn(opcode, operand);
        change(opcode);
    }

    @Override
    public void visitVarInsn(int opcode, int index) {
        super.visitVarInsn(opcode, index);
        change(opcode);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        super.visitTypeInsn(opcode, type);
        change(opcode);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        super.visitFieldInsn(opcode, owner, name, descriptor);
        int size = Type.getType(descriptor).getSize();
        depth += switch (opcode) {
            case Opcodes.GETSTATIC -> size;
            case Opcodes.PUTSTATIC -> -size;
            case Opcodes.GETFIELD -> size - 1;
            default -> -size - 1;
        };
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        call(descriptor);
        if (opcode != Opcodes.INVOKESTATIC) {
            depth--;
        }
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        call(descriptor);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        super.visitJumpInsn(opcode, label);
        change(opcode);
    }

    @Override
    public void visitLdcInsn(Object value) {
        super.visitLdcInsn(value);
        boolean wide = value instanceof Long
                || value instanceof Double
                || value instanceof net.bytebuddy.jar.asm.ConstantDynamic c && c.getSize() == 2;
        depth += wide ? 2 : 1;
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        super.visitTableSwitchInsn(min, max, otherwise, labels);
        depth--;
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        super.visitLookupSwitchInsn(otherwise, keys, labels);
        depth--;
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        super.visitMultiANewArrayInsn(descriptor, dimensions);
        depth += 1 - dimensions;
    }

    @Override
    public void visitFrame(int type, int locals, Object[] local, int stacks, Object[] stack) {
        super.visitFrame(type, locals, local, stacks, stack);
        depth = slots(stacks, stack);
    }

    /** How many slots the first {@code count} types of a frame take. */
    static int slots(int count, Object[] types) {
        int slots = 0;
        for (int i = 0; i < count; i++) {
            slots += types[i] == Opcodes.LONG || types[i] == Opcodes.DOUBLE ? 2 : 1;
        }
        return slots;
    }

    private void call(String descriptor) {
        int sizes = Type.getArgumentsAndReturnSizes(descriptor);
        // The arguments' size counts the receiver.
        depth += (sizes & 3) - (sizes >> 2) + 1;
    }

    private void change(int opcode) {
        depth += CHANGE.charAt(opcode) - 'e';
    }
}
