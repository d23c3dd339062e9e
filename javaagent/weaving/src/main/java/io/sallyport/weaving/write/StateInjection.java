package io.sallyport.weaving.write;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportState;
import java.util.Arrays;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Adds the state field, the {@link SallyportState} interface and its accessors to a class. */
final class StateInjection extends ClassVisitor {

    static final String FIELD = SallyportState.FIELD;

    /** Protected, since the getters of woven subclasses read it too; synthetic, so that no compiler sees it. */
    private static final int ACCESS =
            Opcodes.ACC_PROTECTED | Opcodes.ACC_VOLATILE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC;

    /** Final, since a subclass that overrode them would be handed the key. */
    private static final int ACCESSOR = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;

    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String STATE = SallyportState.class.getName().replace('.', '/');
    private static final String GATE = SallyportGate.class.getName().replace('.', '/');

    private final String owner;
    private boolean present;

    StateInjection(String owner, ClassVisitor next) {
        super(Opcodes.ASM9, next);
        this.owner = owner;
    }

    @Override
    public void visit(
            int version, int access, String name, @Nullable String signature, String superName, String[] interfaces) {
        String[] more = Arrays.copyOf(interfaces, interfaces.length + 1);
        more[interfaces.length] = STATE;
        String generic = signature == null ? null : signature + "L" + STATE + ";";
        super.visit(version, access, name, generic, superName, more);
    }

    @Override
    public FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        present |= name.equals(FIELD);
        return super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public void visitEnd() {
        if (!present) {
            super.visitField(ACCESS, FIELD, OBJECT, null, null).visitEnd();
            getter();
            setter();
        }
        super.visitEnd();
    }

    private void getter() {
        MethodVisitor m = accessor("(" + OBJECT + ")" + OBJECT);
        demandKey(m);
        m.visitVarInsn(Opcodes.ALOAD, 0);
        m.visitFieldInsn(Opcodes.GETFIELD, owner, FIELD, OBJECT);
        m.visitInsn(Opcodes.ARETURN);
        m.visitMaxs(2, 2);
        m.visitEnd();
    }

    private void setter() {
        MethodVisitor m = accessor("(" + OBJECT + OBJECT + ")V");
        demandKey(m);
        m.visitVarInsn(Opcodes.ALOAD, 0);
        m.visitVarInsn(Opcodes.ALOAD, 2);
        m.visitFieldInsn(Opcodes.PUTFIELD, owner, FIELD, OBJECT);
        m.visitInsn(Opcodes.RETURN);
        m.visitMaxs(2, 3);
        m.visitEnd();
    }

    private MethodVisitor accessor(String descriptor) {
        MethodVisitor m = super.visitMethod(ACCESSOR, FIELD, descriptor, null, null);
        m.visitCode();
        return m;
    }

    private static void demandKey(MethodVisitor m) {
        Label mine = new Label();
        m.visitVarInsn(Opcodes.ALOAD, 1);
        m.visitMethodInsn(Opcodes.INVOKESTATIC, GATE, "isKey", "(" + OBJECT + ")Z", false);
        m.visitJumpInsn(Opcodes.IFNE, mine);
        m.visitTypeInsn(Opcodes.NEW, "java/lang/SecurityException");
        m.visitInsn(Opcodes.DUP);
        m.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/SecurityException", "<init>", "()V", false);
        m.visitInsn(Opcodes.ATHROW);
        m.visitLabel(mine);
        m.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }
}
