package io.sallyport.weaving.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Code before and after a method. What is before runs outside the method's exception handlers, and so does what is after. Our variables lie
 * behind all of the method's, and the arguments that are wanted at the end are copied there, since a method may overwrite its own.
 *
 * <p>Subclasses write to {@code mv}; what they write is not followed by {@link OperandStack}, which follows the method's own code.
 */
abstract class Around extends OperandStack {

    private static final String THROWABLE = "java/lang/Throwable";
    private static final Object[] NOTHING = {};

    final WovenMethod method;
    private final List<Object> kept = new ArrayList<>();
    private final Label start = new Label();
    private final Label exit = new Label();
    private final Label returns = new Label();
    private final Label rethrows = new Label();
    private int locals;
    private boolean reachesExit;

    Around(WovenMethod method, MethodVisitor next) {
        super(next);
        if (method.name().startsWith("<")) {
            throw new IllegalStateException("constructors and initializers cannot be woven");
        }
        this.method = method;
        this.locals = method.maxLocals();
    }

    /** Written before the method. */
    abstract void before();

    /** Whether {@link #after} is to be written at all. */
    abstract boolean hasAfter();

    /** Whether it is also run for what the method throws. */
    abstract boolean hasAfterThrow();

    /**
     * Written behind the method, once: a second copy for what is thrown would make every compiled getter larger.
     *
     * @param value the variable that holds what it returns, and will be returned
     * @param thrown the variable that holds what it threw, or {@code null}; negative where that is not asked for
     */
    abstract void after(int value, int thrown);

    /**
     * Written where the method ends: a jump to {@code end} where {@link #after} has nothing to do, if that can be told. What the method returns
     * and what it throws then do not meet, so that the compiler is spared the question which of them it was.
     */
    void jumpIfIdle(Label end) {}

    /** Written last, where nothing comes to but by an exception handler of the subclass's. */
    void behind() {}

    /** Stack that the code of this class needs. */
    abstract int maxStack();

    /** Local variables of this class; see {@link WovenMethod#maxLocals}. */
    abstract int ownLocals();

    @Override
    public void visitCode() {
        mv.visitCode();
        before();
        mv.visitLabel(start);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN || !hasAfter()) {
            super.visitInsn(opcode);
            return;
        }
        storeResult();
        discardBelow(method.returned().getSize());
        toExit();
    }

    /** In place of the method, with its result on the stack. */
    final void leave() {
        storeResult();
        toExit();
    }

    private void toExit() {
        if (hasAfterThrow()) {
            jumpIfIdle(returns);
            mv.visitInsn(Opcodes.ACONST_NULL);
            mv.visitVarInsn(Opcodes.ASTORE, thrown());
        }
        mv.visitJumpInsn(Opcodes.GOTO, exit);
        reachesExit = true;
    }

    private void storeResult() {
        if (method.returned() != Type.VOID_TYPE) {
            mv.visitVarInsn(method.returned().getOpcode(Opcodes.ISTORE), locals);
        }
    }

    private int thrown() {
        return locals + method.returned().getSize();
    }

    @Override
    public void visitFrame(int type, int count, Object[] local, int stacks, Object[] stack) {
        Object[] all = framed(Arrays.copyOf(local, count), NOTHING);
        super.visitFrame(type, all.length, all, stacks, stack);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (hasAfterThrow()) {
            Label end = new Label();
            Label handler = new Label();
            mv.visitTryCatchBlock(start, end, handler, THROWABLE);
            mv.visitLabel(end);
            mv.visitLabel(handler);
            frame(NOTHING, new Object[] {THROWABLE});
            mv.visitVarInsn(Opcodes.ASTORE, thrown());
            Values.pushDefault(mv, method.returned());
            storeResult();
            jumpIfIdle(rethrows);
            reachesExit = true;
        }
        if (reachesExit) {
            mv.visitLabel(exit);
            frameWithResult();
            after(locals, hasAfterThrow() ? thrown() : -1);
            if (hasAfterThrow()) {
                mv.visitVarInsn(Opcodes.ALOAD, thrown());
                mv.visitJumpInsn(Opcodes.IFNULL, returns);
                mv.visitLabel(rethrows);
                frameWithResult();
                mv.visitVarInsn(Opcodes.ALOAD, thrown());
                mv.visitInsn(Opcodes.ATHROW);
                mv.visitLabel(returns);
                frameBehindKept(returnedOnly().toArray());
            }
            if (method.returned() != Type.VOID_TYPE) {
                mv.visitVarInsn(method.returned().getOpcode(Opcodes.ILOAD), locals);
            }
            mv.visitInsn(method.returned().getOpcode(Opcodes.IRETURN));
        }
        behind();
        mv.visitMaxs(Math.max(maxStack, maxStack()), method.maxLocals() + ownLocals());
    }

    /** A variable of our own that keeps what is on the stack until the end. */
    final int keep(Type type) {
        int slot = locals;
        mv.visitVarInsn(type.getOpcode(Opcodes.ISTORE), slot);
        kept.add(frameType(type));
        locals += type.getSize();
        return slot;
    }

    /** The variable behind those that {@link #after} is given. */
    final int scratch() {
        return locals + 3;
    }

    /** The frame before the method's first instruction, where its arguments are what they were. Followed by an instruction, always. */
    final void frameBefore() {
        List<Object> arguments = new ArrayList<>();
        if (!method.isStatic()) {
            arguments.add(method.owner());
        }
        for (Type t : method.arguments()) {
            arguments.add(frameType(t));
        }
        frame(arguments.toArray(), NOTHING);
        // The method may begin with a frame of its own, and two at one place are not allowed.
        mv.visitInsn(Opcodes.NOP);
    }

    /** The frame within {@link #after}. */
    final void frameWithResult() {
        frameBehindKept(withThrown());
    }

    /** The frame of a handler for what is thrown within {@link #before}, once all variables are kept, or within {@link #after}. */
    final void frameOfHandler(String caught) {
        Object[] all = framed(NOTHING, NOTHING);
        mv.visitFrame(Opcodes.F_NEW, all.length, all, 1, new Object[] {caught});
    }

    private Object[] withThrown() {
        List<Object> more = returnedOnly();
        if (hasAfterThrow()) {
            more.add(THROWABLE);
        }
        return more.toArray();
    }

    private List<Object> returnedOnly() {
        List<Object> returned = new ArrayList<>();
        if (method.returned() != Type.VOID_TYPE) {
            returned.add(frameType(method.returned()));
        }
        return returned;
    }

    private void frameBehindKept(Object[] more) {
        Object[] all = framed(NOTHING, more);
        mv.visitFrame(Opcodes.F_NEW, all.length, all, 0, NOTHING);
    }

    private void frame(Object[] local, Object[] stack) {
        Object[] all = framed(local, NOTHING);
        mv.visitFrame(Opcodes.F_NEW, all.length, all, stack.length, stack);
    }

    /** The method's variables, nothing up to ours, ours. */
    private Object[] framed(Object[] local, Object[] more) {
        List<Object> all = new ArrayList<>(Arrays.asList(local));
        if (!kept.isEmpty() || more.length > 0) {
            for (int used = slots(local.length, local); used < method.maxLocals(); used++) {
                all.add(Opcodes.TOP);
            }
        }
        all.addAll(kept);
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }

    static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }
}
