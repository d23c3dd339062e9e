package io.sallyport.weaving.write;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.weaving.write.AdviceMethod.AllArguments;
import io.sallyport.weaving.write.AdviceMethod.Argument;
import io.sallyport.weaving.write.AdviceMethod.Binding;
import io.sallyport.weaving.write.AdviceMethod.Enter;
import io.sallyport.weaving.write.AdviceMethod.FieldValue;
import io.sallyport.weaving.write.AdviceMethod.Origin;
import io.sallyport.weaving.write.AdviceMethod.Return;
import io.sallyport.weaving.write.AdviceMethod.This;
import io.sallyport.weaving.write.AdviceMethod.Thrown;
import java.util.Arrays;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Puts on the stack what advice asks for by its parameters ({@link Binding}). */
final class AdviceOperands {

    /** No variable. */
    static final int NONE = -1;

    private final WovenMethod method;
    private final Fields fields;
    private final Around around;
    private final MethodVisitor to;
    /** Where a copy of {@code this} and of each argument is, for the exit. */
    private int self = NONE;

    private final int[] copies;
    private int entered = NONE;
    private Type enteredType = Type.VOID_TYPE;

    /**
     * @param around whose variables copies are kept in
     * @param to takes what is written
     */
    AdviceOperands(WovenMethod method, Fields fields, Around around, MethodVisitor to) {
        this.method = method;
        this.fields = fields;
        this.around = around;
        this.to = to;
        this.copies = new int[method.arguments().length];
        Arrays.fill(copies, NONE);
    }

    /** The result of the enter advice is in that variable. */
    void entered(Type type, int variable) {
        enteredType = type;
        entered = variable;
    }

    /** Copies what {@code exit} will ask for or assign to, since the method may overwrite it. */
    void copyFor(AdviceMethod exit) {
        if (exit.assignments().stream().anyMatch(a -> a.argument() == AdviceMethod.Assignment.FIELD)) {
            copySelf();
        }
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
            to.visitVarInsn(Opcodes.ALOAD, 0);
            self = around.keep(Type.getObjectType(method.owner()));
        }
    }

    private void copy(int index) {
        if (copies[index] == NONE) {
            Type type = method.arguments()[index];
            to.visitVarInsn(type.getOpcode(Opcodes.ILOAD), method.slot(index));
            copies[index] = around.keep(type);
        }
    }

    /**
     * Puts all that {@code of} asks for on the stack.
     *
     * @param value the variable that holds what the method returned; {@link #NONE} before it has run
     * @param thrown the variable that holds what it threw; {@link #NONE} for nothing
     */
    void load(AdviceMethod of, int value, int thrown) {
        Type[] wanted = Type.getArgumentTypes(of.descriptor());
        for (int i = 0; i < wanted.length; i++) {
            Values.convert(to, load(of.parameters().get(i), wanted[i], value, thrown), wanted[i]);
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
            if (entered != NONE) {
                to.visitVarInsn(enteredType.getOpcode(Opcodes.ILOAD), entered);
            }
            return enteredType;
        } else if (binding instanceof Return) {
            return loadReturned(value);
        } else if (binding instanceof Thrown) {
            if (thrown == NONE) {
                to.visitInsn(Opcodes.ACONST_NULL);
            } else {
                to.visitVarInsn(Opcodes.ALOAD, thrown);
            }
            return Type.getType(Throwable.class);
        } else if (binding instanceof Origin o) {
            to.visitLdcInsn(origin(o.pattern()));
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
        to.visitVarInsn(Opcodes.ALOAD, self == NONE ? 0 : self);
    }

    private Type loadArgument(Argument argument, Type wanted) {
        Type[] arguments = method.arguments();
        if (argument.index() >= arguments.length) {
            if (!argument.optional()) {
                throw new IllegalStateException(method.name() + " has no argument " + argument.index());
            }
            Values.pushDefault(to, wanted);
            return wanted;
        }
        Type type = arguments[argument.index()];
        int copy = copies[argument.index()];
        to.visitVarInsn(type.getOpcode(Opcodes.ILOAD), copy == NONE ? method.slot(argument.index()) : copy);
        return type;
    }

    private Type loadAll() {
        Type[] arguments = method.arguments();
        Values.pushInt(to, arguments.length);
        to.visitTypeInsn(Opcodes.ANEWARRAY, Values.OBJECT.getInternalName());
        for (int i = 0; i < arguments.length; i++) {
            to.visitInsn(Opcodes.DUP);
            Values.pushInt(to, i);
            Values.convert(to, loadArgument(new Argument(i, false), arguments[i]), Values.OBJECT);
            to.visitInsn(Opcodes.AASTORE);
        }
        return Type.getType(Object[].class);
    }

    private Type loadReturned(int value) {
        Type returned = method.returned();
        if (value == NONE) {
            Values.pushDefault(to, returned);
        } else if (returned != Type.VOID_TYPE) {
            to.visitVarInsn(returned.getOpcode(Opcodes.ILOAD), value);
        }
        return returned;
    }

    private Type loadField(String name) {
        if (name.equals(SallyportState.FIELD) && (method.isStatic() || !fields.haveState())) {
            to.visitInsn(Opcodes.ACONST_NULL);
            return Values.OBJECT;
        }
        Fields.Field field = fields.find(name);
        if (!field.isStatic()) {
            loadSelf();
        }
        to.visitFieldInsn(
                field.isStatic() ? Opcodes.GETSTATIC : Opcodes.GETFIELD, method.owner(), name, field.descriptor());
        return Type.getType(field.descriptor());
    }

    /**
     * The object whose field is about to be stored into, to lie below the value.
     *
     * @return the field's type
     */
    Type beforeField(String name) {
        Fields.Field field = fields.find(name);
        if (field.isStatic()) {
            throw new IllegalStateException(name + " is static");
        }
        loadSelf();
        return Type.getType(field.descriptor());
    }

    void storeField(String name) {
        to.visitFieldInsn(
                Opcodes.PUTFIELD, method.owner(), name, fields.find(name).descriptor());
    }

    private String origin(String pattern) {
        return switch (pattern) {
            case "#m" -> method.name();
            case "#t" -> method.owner().replace('/', '.');
            case "#r" -> Values.binaryName(method.returned());
            default -> throw new IllegalStateException("no origin " + pattern);
        };
    }
}
