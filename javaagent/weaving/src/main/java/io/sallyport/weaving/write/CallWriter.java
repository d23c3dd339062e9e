package io.sallyport.weaving.write;

import io.sallyport.weaving.write.AdviceMethod.AllArguments;
import io.sallyport.weaving.write.AdviceMethod.Argument;
import io.sallyport.weaving.write.AdviceMethod.Assignment;
import io.sallyport.weaving.write.AdviceMethod.Binding;
import io.sallyport.weaving.write.AdviceMethod.Enter;
import io.sallyport.weaving.write.AdviceMethod.FieldValue;
import io.sallyport.weaving.write.AdviceMethod.Origin;
import io.sallyport.weaving.write.AdviceMethod.Return;
import io.sallyport.weaving.write.AdviceMethod.This;
import io.sallyport.weaving.write.AdviceMethod.Thrown;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Calls advice around a method, through {@code invokedynamic}. */
final class CallWriter extends Around {

    private static final int NONE = -1;
    private static final int SPARE_STACK = 8;

    private final AdviceClass advice;
    private final CallSite site;
    private final Fields fields;
    /** Where a copy of {@code this} and of each argument is, for the exit. */
    private int self = NONE;

    private final int[] copies;
    private int entered = NONE;

    CallWriter(WovenMethod method, MethodVisitor next, AdviceClass advice, CallSite site, Fields fields) {
        super(method, next);
        this.advice = advice;
        this.site = site;
        this.fields = fields;
        this.copies = new int[method.arguments().length];
        java.util.Arrays.fill(copies, NONE);
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
            load(enter, NONE, NONE);
            call(enter);
            if (enter.returnType() != Type.VOID_TYPE) {
                entered = keep(enter.returnType());
                assignArguments(enter);
            }
        }
        if (advice.exit() != null) {
            copyFor(advice.exit());
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

    private void copyFor(AdviceMethod exit) {
        for (Binding b : exit.parameters()) {
            if (b instanceof This || b instanceof FieldValue) {
                copySelf();
            } else if (b instanceof Argument a && a.index() < copies.length) {
                copy(a.index());
            } else if (b instanceof AllArguments) {
                for (int i = 0; i < copies.length; i++) {
                    copy(i);
                }
            }
        }
    }

    private void copySelf() {
        if (self == NONE && !method.isStatic()) {
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            self = keep(Type.getObjectType(method.owner()));
        }
    }

    private void copy(int index) {
        if (copies[index] == NONE) {
            Type type = method.arguments()[index];
            mv.visitVarInsn(type.getOpcode(Opcodes.ILOAD), method.slot(index));
            copies[index] = keep(type);
        }
    }

    @Override
    void after(int value, int thrown) {
        AdviceMethod exit = advice.exit();
        if (exit == null) {
            return;
        }
        load(exit, value, thrown);
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

    private void call(AdviceMethod of) {
        site.call(mv, of.name(), of.descriptor(), advice.name());
    }

    private void load(AdviceMethod of, int value, int thrown) {
        Type[] wanted = Type.getArgumentTypes(of.descriptor());
        for (int i = 0; i < wanted.length; i++) {
            Values.convert(mv, load(of.parameters().get(i), wanted[i], value, thrown), wanted[i]);
        }
    }

    /** Puts it on the stack. @return the type that it has there */
    private Type load(Binding binding, Type wanted, int value, int thrown) {
        if (binding instanceof This) {
            loadSelf();
            return Type.getObjectType(method.owner());
        } else if (binding instanceof Argument a) {
            return loadArgument(a, wanted);
        } else if (binding instanceof AllArguments) {
            return loadAll();
        } else if (binding instanceof Enter) {
            AdviceMethod enter = advice.enter();
            if (enter == null || entered == NONE) {
                return Type.VOID_TYPE;
            }
            mv.visitVarInsn(enter.returnType().getOpcode(Opcodes.ILOAD), entered);
            return enter.returnType();
        } else if (binding instanceof Return) {
            return loadReturned(value);
        } else if (binding instanceof Thrown) {
            if (thrown == NONE) {
                mv.visitInsn(Opcodes.ACONST_NULL);
            } else {
                mv.visitVarInsn(Opcodes.ALOAD, thrown);
            }
            return Type.getType(Throwable.class);
        } else if (binding instanceof Origin o) {
            mv.visitLdcInsn(origin(o.pattern()));
            return Type.getType(String.class);
        } else if (binding instanceof FieldValue f) {
            return loadField(f.name());
        }
        throw new IllegalStateException("nothing loads " + binding);
    }

    private void loadSelf() {
        if (method.isStatic()) {
            throw new IllegalStateException(method.name() + " is static");
        }
        mv.visitVarInsn(Opcodes.ALOAD, self == NONE ? 0 : self);
    }

    private Type loadArgument(Argument argument, Type wanted) {
        Type[] arguments = method.arguments();
        if (argument.index() >= arguments.length) {
            if (!argument.optional()) {
                throw new IllegalStateException(method.name() + " has no argument " + argument.index());
            }
            Values.pushDefault(mv, wanted);
            return wanted;
        }
        Type type = arguments[argument.index()];
        int copy = copies[argument.index()];
        mv.visitVarInsn(type.getOpcode(Opcodes.ILOAD), copy == NONE ? method.slot(argument.index()) : copy);
        return type;
    }

    private Type loadAll() {
        Type[] arguments = method.arguments();
        Values.pushInt(mv, arguments.length);
        mv.visitTypeInsn(Opcodes.ANEWARRAY, Values.OBJECT.getInternalName());
        for (int i = 0; i < arguments.length; i++) {
            mv.visitInsn(Opcodes.DUP);
            Values.pushInt(mv, i);
            Values.convert(mv, loadArgument(new Argument(i, false), arguments[i]), Values.OBJECT);
            mv.visitInsn(Opcodes.AASTORE);
        }
        return Type.getType(Object[].class);
    }

    private Type loadReturned(int value) {
        Type returned = method.returned();
        if (value == NONE) {
            Values.pushDefault(mv, returned);
        } else if (returned != Type.VOID_TYPE) {
            mv.visitVarInsn(returned.getOpcode(Opcodes.ILOAD), value);
        }
        return returned;
    }

    private Type loadField(String name) {
        Fields.Field field = fields.find(name);
        if (!field.isStatic()) {
            loadSelf();
        }
        mv.visitFieldInsn(
                field.isStatic() ? Opcodes.GETSTATIC : Opcodes.GETFIELD, method.owner(), name, field.descriptor());
        return Type.getType(field.descriptor());
    }

    private String origin(String pattern) {
        return switch (pattern) {
            case "#m" -> method.name();
            case "#t" -> method.owner().replace('/', '.');
            case "#r" -> binaryName(method.returned());
            default -> throw new IllegalStateException("no origin " + pattern);
        };
    }

    /** As {@link Class#getName()} gives it. */
    static String binaryName(Type type) {
        return type.getSort() == Type.ARRAY ? type.getDescriptor().replace('/', '.') : type.getClassName();
    }
}
