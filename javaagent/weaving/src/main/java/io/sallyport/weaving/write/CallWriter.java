package io.sallyport.weaving.write;

import io.sallyport.weaving.write.AdviceMethod.Assignment;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Calls advice around a method, through {@code invokedynamic}. */
final class CallWriter extends Around {

    private static final int NONE = AdviceOperands.NONE;
    private static final int SPARE_STACK = 8;

    private final AdviceClass advice;
    private final CallSite site;
    private final AdviceOperands operands;
    private int entered = NONE;

    CallWriter(WovenMethod method, MethodVisitor next, AdviceClass advice, CallSite site, Fields fields) {
        super(method, next);
        this.advice = advice;
        this.site = site;
        this.operands = new AdviceOperands(method, fields, this, next);
    }

    @Override
    boolean hasAfter() {
        return advice.exit() != null;
    }

    @Override
    boolean hasAfterThrow() {
        return advice.exit() != null && advice.exit().onThrowable();
    }

    @Override
    int maxStack() {
        return Math.max(stack(advice.enter()), stack(advice.exit()));
    }

    private static int stack(@Nullable AdviceMethod method) {
        return method == null ? 0 : (Type.getArgumentsAndReturnSizes(method.descriptor()) >> 2) + SPARE_STACK;
    }

    @Override
    int ownLocals() {
        return locals(method, advice);
    }

    /** The most that it can be: the result of the enter advice, copies, what the method returned and threw, the result of the exit advice. */
    static int locals(WovenMethod method, AdviceClass advice) {
        AdviceMethod enter = advice.enter();
        int copies = advice.exit() == null ? 0 : Type.getArgumentsAndReturnSizes(method.descriptor()) >> 2;
        return (enter == null ? 0 : enter.returnType().getSize()) + copies + 5;
    }

    @Override
    void before() {
        AdviceMethod enter = advice.enter();
        if (enter != null) {
            operands.load(enter, NONE, NONE);
            call(enter);
            if (enter.returnType() != Type.VOID_TYPE) {
                entered = keep(enter.returnType());
                operands.entered(enter.returnType(), entered);
                assignArguments(enter);
            }
        }
        if (advice.exit() != null) {
            operands.copyFor(advice.exit());
        }
        if (enter != null && enter.skip()) {
            skip(enter);
        }
    }

    private void assignArguments(AdviceMethod enter) {
        if (enter.assignments().isEmpty()) {
            return;
        }
        Label none = new Label();
        if (enter.keepOnDefault() || enter.returnType().getSort() == Type.ARRAY) {
            jumpIfDefault(enter.returnType(), entered, none);
        }
        for (Assignment a : enter.assignments()) {
            if (a.argument() == Assignment.FIELD) {
                assignField(a, enter, entered);
                continue;
            }
            if (a.argument() < 0 || a.argument() >= method.arguments().length) {
                throw new IllegalStateException(method.name() + " has no argument " + a.argument());
            }
            Type argument = method.arguments()[a.argument()];
            Values.convert(mv, loadResult(enter, entered, a.index()), argument);
            mv.visitVarInsn(argument.getOpcode(Opcodes.ISTORE), method.slot(a.argument()));
        }
        mv.visitLabel(none);
        frameBefore();
    }

    private void skip(AdviceMethod enter) {
        Label run = new Label();
        jumpIfDefault(enter.returnType(), entered, run);
        if (enter.skipIndex() >= 0) {
            jumpIfDefault(loadResult(enter, entered, enter.skipIndex()), NONE, run);
        }
        Values.pushDefault(mv, method.returned());
        if (hasAfter()) {
            leave();
        } else {
            mv.visitInsn(method.returned().getOpcode(Opcodes.IRETURN));
        }
        mv.visitLabel(run);
        frameBefore();
    }

    /** @param slot {@link #NONE}: the value is on the stack */
    private void jumpIfDefault(Type type, int slot, Label label) {
        if (slot != NONE) {
            mv.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
        }
        if (type.getSize() != 1 || type.getSort() == Type.FLOAT) {
            throw new IllegalStateException(
                    "advice that returns " + type + " cannot be asked whether it is the default");
        }
        mv.visitJumpInsn(Values.isPrimitive(type) ? Opcodes.IFEQ : Opcodes.IFNULL, label);
    }

    private Type loadResult(AdviceMethod of, int slot, int index) {
        mv.visitVarInsn(of.returnType().getOpcode(Opcodes.ILOAD), slot);
        if (index < 0) {
            return of.returnType();
        }
        Type element = Type.getType(of.returnType().getDescriptor().substring(1));
        Values.pushInt(mv, index);
        mv.visitInsn(element.getOpcode(Opcodes.IALOAD));
        return element;
    }

    @Override
    void after(int value, int thrown) {
        AdviceMethod exit = advice.exit();
        if (exit == null) {
            return;
        }
        operands.load(exit, value, thrown);
        call(exit);
        if (exit.assignments().isEmpty()) {
            Values.pop(mv, exit.returnType());
            return;
        }
        mv.visitVarInsn(exit.returnType().getOpcode(Opcodes.ISTORE), scratch());
        Label keep = new Label();
        boolean mayKeep = exit.keepOnDefault() || exit.returnType().getSort() == Type.ARRAY;
        if (mayKeep) {
            jumpIfDefault(exit.returnType(), scratch(), keep);
        }
        for (Assignment a : exit.assignments()) {
            if (a.argument() == Assignment.FIELD) {
                assignField(a, exit, scratch());
                continue;
            }
            if (a.argument() != Assignment.RETURNED || method.returned() == Type.VOID_TYPE) {
                throw new IllegalStateException(
                        "the exit advice of " + method.name() + " assigns what cannot be assigned");
            }
            Values.convert(mv, loadResult(exit, scratch(), a.index()), method.returned());
            mv.visitVarInsn(method.returned().getOpcode(Opcodes.ISTORE), value);
        }
        if (mayKeep) {
            mv.visitLabel(keep);
            frameWithResult();
        }
    }

    private void assignField(Assignment a, AdviceMethod of, int slot) {
        Type field = operands.beforeField(a.field());
        Values.convert(mv, loadResult(of, slot, a.index()), field);
        operands.storeField(a.field());
    }

    private void call(AdviceMethod of) {
        site.call(mv, of.name(), of.descriptor(), advice.name());
    }
}
