package io.sallyport.weaving.write;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.bootstrap.SallyportState;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * A getter's look at its carrier's state: where there is nothing to mask it reads one field, compares it and goes on, and what is behind is
 * {@link SallyportReader}'s.
 *
 * <pre>
 *   reader = null; if (state != SallyportGate.NOTHING) reader = SallyportGate.enter(this, state, column);
 *   … the getter …
 *   if (reader != null) value = reader.exit(this, method, type, column, second, value, thrown);
 * </pre>
 *
 * <p>An {@link Error} out of the reader's own methods (there was no stack left for them) leaves {@link SallyportGate#SPOILT} as the state, by
 * instructions that need no frame.
 *
 * <p>The signatures that are called once a cell have an exit of their own ({@link Exit}), so that a masked value is neither boxed nor put
 * into an array of arguments.
 */
final class ReadWriter extends Around {

    private static final String GATE = Type.getInternalName(SallyportGate.class);
    private static final String READER = Type.getInternalName(SallyportReader.class);
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String ERROR = Type.getInternalName(Error.class);
    private static final int STACK = 12;

    /** Which of {@link SallyportReader}'s methods ends a getter. */
    private enum Exit {
        TEXT(
                "text",
                "(Ljava/lang/Object;Ljava/lang/String;ILjava/lang/String;Ljava/lang/Throwable;)Ljava/lang/String;"),
        INT("whole", "(Ljava/lang/Object;Ljava/lang/String;IILjava/lang/Throwable;)I"),
        LONG("whole", "(Ljava/lang/Object;Ljava/lang/String;IJLjava/lang/Throwable;)J"),
        FLAG("flag", "(Ljava/lang/Object;Ljava/lang/String;ZLjava/lang/Throwable;)Z"),
        /** The general way, entered with an index that is not boxed. */
        INDEX("exit", Exit.GENERAL),
        ANY("exit", Exit.GENERAL);

        private static final String GENERAL =
                "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;"
                        + "Ljava/lang/Object;Ljava/lang/Throwable;)Ljava/lang/Object;";

        private final String method;
        private final String descriptor;

        Exit(String method, String descriptor) {
            this.method = method;
            this.descriptor = descriptor;
        }

        static Exit of(String getter) {
            return switch (getter) {
                case "(I)Ljava/lang/String;" -> TEXT;
                case "(I)I" -> INT;
                case "(I)J" -> LONG;
                case "()Z" -> FLAG;
                // May be a move to another row.
                case "(I)Z" -> ANY;
                default -> getter.startsWith("(I)") ? INDEX : ANY;
            };
        }

        boolean entersByIndex() {
            return this == TEXT || this == INT || this == LONG || this == INDEX;
        }

        boolean isGeneral() {
            return this == INDEX || this == ANY;
        }
    }

    private final boolean inField;
    private final Exit exit;
    private final Type[] arguments;
    private int reader;
    private int self;
    private int column;
    private int second;
    private @Nullable Label spoil;

    /** @param inField whether the state is in the injected field; otherwise every getter takes the slow path */
    ReadWriter(WovenMethod method, MethodVisitor next, boolean inField) {
        super(method, next);
        if (method.isStatic()) {
            throw new IllegalStateException("the getter " + method.name() + " is static");
        }
        this.inField = inField;
        this.exit = Exit.of(method.descriptor());
        this.arguments = method.arguments();
    }

    @Override
    boolean hasAfter() {
        return true;
    }

    @Override
    boolean hasAfterThrow() {
        return true;
    }

    @Override
    int maxStack() {
        return STACK;
    }

    @Override
    int ownLocals() {
        return locals(method);
    }

    /** Reader, carrier, the two first arguments, what was returned and thrown. */
    static int locals(WovenMethod method) {
        return 2 + 4 + 3;
    }

    @Override
    void before() {
        Label go = new Label();
        mv.visitInsn(Opcodes.ACONST_NULL);
        reader = keep(Type.getObjectType(READER));
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        self = keep(Type.getObjectType(method.owner()));
        if (arguments.length > 0) {
            column = copy(0);
        }
        if (arguments.length > 1 && exit == Exit.ANY) {
            second = copy(1);
        }
        if (inField) {
            state();
            mv.visitFieldInsn(Opcodes.GETSTATIC, GATE, "NOTHING", OBJECT);
            mv.visitJumpInsn(Opcodes.IF_ACMPEQ, go);
        }
        mv.visitVarInsn(Opcodes.ALOAD, self);
        if (inField) {
            state();
        } else {
            mv.visitInsn(Opcodes.ACONST_NULL);
        }
        if (exit.entersByIndex()) {
            mv.visitVarInsn(Opcodes.ILOAD, column);
        } else {
            loadBoxed(arguments.length > 0 ? arguments[0] : null, column);
        }
        Label from = guarded();
        mv.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                GATE,
                exit == Exit.ANY && arguments.length > 1 ? "enterAsking" : "enter",
                "(" + OBJECT + OBJECT + (exit.entersByIndex() ? "I" : OBJECT) + ")L" + READER + ";",
                false);
        mv.visitVarInsn(Opcodes.ASTORE, reader);
        endGuarded(from);
        if (inField) {
            mv.visitLabel(go);
            frameBefore();
        }
    }

    private void state() {
        mv.visitVarInsn(Opcodes.ALOAD, self);
        mv.visitFieldInsn(Opcodes.GETFIELD, method.owner(), SallyportState.FIELD, OBJECT);
    }

    private int copy(int argument) {
        mv.visitVarInsn(arguments[argument].getOpcode(Opcodes.ILOAD), method.slot(argument));
        return keep(arguments[argument]);
    }

    private void loadBoxed(@Nullable Type type, int slot) {
        if (type == null) {
            mv.visitInsn(Opcodes.ACONST_NULL);
        } else {
            mv.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
            Values.convert(mv, type, Values.OBJECT);
        }
    }

    @Override
    void jumpIfIdle(Label end) {
        mv.visitVarInsn(Opcodes.ALOAD, reader);
        mv.visitJumpInsn(Opcodes.IFNULL, end);
    }

    @Override
    void after(int value, int thrown) {
        boolean returns = method.returned() != Type.VOID_TYPE;
        Label from = guarded();
        end(value, thrown);
        endGuarded(from);
        if (returns) {
            Values.convert(mv, Type.getReturnType(exit.descriptor), method.returned());
            mv.visitVarInsn(method.returned().getOpcode(Opcodes.ISTORE), value);
        } else {
            Values.pop(mv, Type.getReturnType(exit.descriptor));
        }
    }

    private Label guarded() {
        Label from = new Label();
        mv.visitLabel(from);
        return from;
    }

    private void endGuarded(Label from) {
        if (!inField) {
            return;
        }
        Label handler = spoil == null ? new Label() : spoil;
        spoil = handler;
        Label to = new Label();
        mv.visitLabel(to);
        mv.visitTryCatchBlock(from, to, handler, ERROR);
    }

    @Override
    void behind() {
        if (spoil == null) {
            return;
        }
        mv.visitLabel(spoil);
        frameOfHandler(ERROR);
        mv.visitVarInsn(Opcodes.ALOAD, self);
        mv.visitFieldInsn(Opcodes.GETSTATIC, GATE, "SPOILT", OBJECT);
        mv.visitFieldInsn(Opcodes.PUTFIELD, method.owner(), SallyportState.FIELD, OBJECT);
        mv.visitInsn(Opcodes.ATHROW);
    }

    /** Calls the reader. */
    private void end(int value, int thrown) {
        mv.visitVarInsn(Opcodes.ALOAD, reader);
        mv.visitVarInsn(Opcodes.ALOAD, self);
        mv.visitLdcInsn(method.name());
        if (exit.isGeneral()) {
            mv.visitLdcInsn(Values.binaryName(method.returned()));
            loadBoxed(arguments.length > 0 ? arguments[0] : null, column);
            loadBoxed(arguments.length > 1 ? arguments[1] : null, second);
        } else if (exit != Exit.FLAG) {
            mv.visitVarInsn(Opcodes.ILOAD, column);
        }
        if (method.returned() != Type.VOID_TYPE) {
            mv.visitVarInsn(method.returned().getOpcode(Opcodes.ILOAD), value);
        }
        if (exit.isGeneral()) {
            Values.convert(mv, method.returned(), Values.OBJECT);
        }
        mv.visitVarInsn(Opcodes.ALOAD, thrown);
        mv.visitMethodInsn(Opcodes.INVOKEINTERFACE, READER, exit.method, exit.descriptor, true);
    }
}
