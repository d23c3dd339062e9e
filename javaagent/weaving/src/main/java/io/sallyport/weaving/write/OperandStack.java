package io.sallyport.weaving.write;

import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Follows what is on the operand stack, slot by slot. A method may leave more there than it returns (JVMS 6.5, {@code return}), as Kotlin's
 * compiler does where a {@code return} stands within an expression; code that joins a method's returns takes it away first, and what is
 * taken away in one must not be half of a {@code long} or {@code double}. Needs expanded stack map frames.
 *
 * <p>HotSpot keeps no frames of the boot loader's classes, which it does not verify, and gives none out where such a class is retransformed. There
 * the stack is unknown behind the first instruction that does not go on to the next, and nothing is taken away from then on: the JDK's compiler
 * leaves nothing.
 */
abstract class OperandStack extends MethodVisitor {

    /** A slot that is a value, and the two that are one. */
    private static final char VALUE = '1';

    private static final String WIDE = "<>";
    private static final char WIDE_END = '>';

    /** By opcode, JVMS 6.5: the letter {@code e} stands for no change, its neighbours for one slot less and one more. */
    private static final String CHANGE =
            "effffffffggfffggffffffgfgfeeeeeeeeeeeeeeeeeeeedededddddcdcdeeeeeeeeeeeeeeeeeeeebababbbbdcfffgggedcdc"
                    + "dcdcdcdcdcdcdcdceeeedddddddcdcdcefefddeeffdedeeebddbbddddddccccccccefedddcdcdeeeeeeeeeefeeedeeddeedd";

    /** By opcode: the slots of its result. */
    private static final String RESULT =
            "0111111112211122111121212111112222111122221111121211110000000000000000000000000000000000000000001212"
                    + "1212121212121212121212121212121202121121221211111111100000000000000010000000000000000001111011000000";

    private final StringBuilder slots = new StringBuilder();
    /** The last instruction does not go on to the next one, which then has a frame. */
    private boolean left;
    /** It had none. */
    private boolean lost;

    OperandStack(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** Writes what takes everything but the topmost {@code size} slots away, once those are stored. */
    final void discardBelow(int size) {
        for (int i = lost ? -1 : slots.length() - size - 1; i >= 0; i--) {
            boolean wide = slots.charAt(i) == WIDE_END;
            mv.visitInsn(wide ? Opcodes.POP2 : Opcodes.POP);
            i -= wide ? 1 : 0;
        }
        left = true;
    }

    @Override
    public void visitInsn(int opcode) {
        super.visitInsn(opcode);
        change(opcode);
        left = opcode == Opcodes.ATHROW || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
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
        switch (opcode) {
            case Opcodes.GETSTATIC -> push(size);
            case Opcodes.PUTSTATIC -> pop(size);
            case Opcodes.GETFIELD -> {
                pop(1);
                push(size);
            }
            default -> pop(size + 1);
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        call(descriptor, opcode != Opcodes.INVOKESTATIC);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        call(descriptor, false);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        super.visitJumpInsn(opcode, label);
        change(opcode);
        left = opcode == Opcodes.GOTO;
    }

    @Override
    public void visitLdcInsn(Object value) {
        super.visitLdcInsn(value);
        boolean wide = value instanceof Long
                || value instanceof Double
                || value instanceof net.bytebuddy.jar.asm.ConstantDynamic c && c.getSize() == 2;
        push(wide ? 2 : 1);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        super.visitTableSwitchInsn(min, max, otherwise, labels);
        pop(1);
        left = true;
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        super.visitLookupSwitchInsn(otherwise, keys, labels);
        pop(1);
        left = true;
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        super.visitMultiANewArrayInsn(descriptor, dimensions);
        pop(dimensions);
        push(1);
    }

    @Override
    public void visitFrame(int type, int locals, Object[] local, int stacks, Object[] stack) {
        super.visitFrame(type, locals, local, stacks, stack);
        left = false;
        slots.setLength(0);
        for (int i = 0; i < stacks; i++) {
            push(size(stack[i]));
        }
    }

    /** How many slots the first {@code count} types of a frame take. */
    static int slots(int count, Object[] types) {
        int slots = 0;
        for (int i = 0; i < count; i++) {
            slots += size(types[i]);
        }
        return slots;
    }

    private static int size(Object frameType) {
        return frameType == Opcodes.LONG || frameType == Opcodes.DOUBLE ? 2 : 1;
    }

    private void call(String descriptor, boolean hasReceiver) {
        int sizes = Type.getArgumentsAndReturnSizes(descriptor);
        // The arguments' size counts a receiver.
        pop((sizes >> 2) - (hasReceiver ? 0 : 1));
        push(sizes & 3);
    }

    private void change(int opcode) {
        reach();
        if (lost && opcode >= Opcodes.DUP && opcode <= Opcodes.DUP2_X2) {
            push(opcode < Opcodes.DUP2 ? 1 : 2);
        } else if (opcode >= Opcodes.DUP && opcode <= Opcodes.DUP2_X2) {
            // One slot or two are copied, below nothing, one slot or two.
            int copied = opcode < Opcodes.DUP2 ? 1 : 2;
            int under = (opcode - Opcodes.DUP) % 3;
            int top = slots.length() - copied;
            slots.insert(top - under, slots.substring(top));
        } else if (opcode != Opcodes.SWAP) {
            int result = RESULT.charAt(opcode) - '0';
            pop(result - CHANGE.charAt(opcode) + 'e');
            push(result);
        }
    }

    private void push(int size) {
        reach();
        if (size == 2) {
            slots.append(WIDE);
        } else if (size == 1) {
            slots.append(VALUE);
        }
    }

    private void pop(int size) {
        reach();
        slots.setLength(lost ? Math.max(0, slots.length() - size) : slots.length() - size);
    }

    private void reach() {
        lost |= left;
        left = false;
    }
}
