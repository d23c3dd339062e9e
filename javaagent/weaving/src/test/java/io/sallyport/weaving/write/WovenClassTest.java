package io.sallyport.weaving.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.bootstrap.SallyportState;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToFields.ToField;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** What is written passes the verifier, and what would not is refused. */
class WovenClassTest {

    /** Methods of the shapes that are easily written wrongly. */
    public static class Shapes {

        public int beginsWithItsLoop(int n) {
            while (n > 0) {
                n -= 2;
            }
            return n;
        }

        public long wide(long a, double b, String text) {
            for (int i = 0; i < 3; i++) {
                long more = a * i;
                try {
                    a += Long.parseLong(text) + more;
                } catch (NumberFormatException e) {
                    double other = b + i;
                    a -= (long) other;
                }
            }
            return a;
        }

        public void neverReturns(Object[] given) {
            throw new IllegalStateException(given.toString());
        }

        public String untouched() {
            return "as it was";
        }
    }

    /** Everything that advice can ask for. */
    public static final class EverythingAdvice {

        private EverythingAdvice() {}

        @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
        public static Object enter(@Advice.This Object self, @Advice.AllArguments Object[] all) {
            return null;
        }

        @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
        public static void exit(
                @Advice.Enter Object entered,
                @Advice.This Object self,
                @Advice.AllArguments Object[] all,
                @Advice.Return Object returned,
                @Advice.Thrown Throwable thrown) {}
    }

    /** Looks on; where it cannot be linked it does nothing. */
    public static final class ObservingAdvice {

        private ObservingAdvice() {}

        @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
        public static void exit(@Advice.Return Object returned, @Advice.Thrown Throwable thrown) {}
    }

    /** Has a field that is another one while a method runs. */
    public static class Keeper {

        String kept = "own";

        public String kept(boolean fails) {
            if (fails) {
                throw new IllegalStateException(kept);
            }
            return kept;
        }
    }

    public static final class FieldAdvice {

        private FieldAdvice() {}

        @Advice.OnMethodEnter(inline = false)
        @Advice.AssignReturned.ToFields(@ToField("kept"))
        public static Object enter(@Advice.This Object keeper) {
            return "other";
        }

        @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
        @Advice.AssignReturned.ToFields(@ToField("kept"))
        public static String exit() {
            return "own";
        }
    }

    private static byte[] keeping(Fields fields) throws IOException {
        AdviceCall call = new AdviceCall(
                AdviceReader.read(FieldAdvice.class.getName(), classFile(FieldAdvice.class)),
                new CallSite("io", "test"),
                fields);
        return WovenClass.write(
                classFile(Keeper.class),
                false,
                (access, name, descriptor) -> name.equals("kept") ? List.of(call) : List.of());
    }

    @Test
    void whatAdviceAssignsToAFieldPassesTheVerifier() throws Exception {
        byte[] woven = keeping(name -> new Fields.Field("Ljava/lang/String;", false));
        assertThat(defined(Keeper.class.getName(), woven).getConstructor().newInstance())
                .isNotNull();
        assertThatThrownBy(() -> keeping(name -> new Fields.Field("Ljava/lang/String;", true)))
                .hasMessageContaining("kept is static");
    }

    /** Is given the object's state, before the method and after. */
    public static final class StateAdvice {

        private StateAdvice() {}

        @Advice.OnMethodEnter(inline = false)
        public static Object enter(@Advice.FieldValue(SallyportState.FIELD) Object state) {
            return state;
        }

        @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
        public static void exit(
                @Advice.Enter Object before,
                @Advice.FieldValue(SallyportState.FIELD) Object state,
                @Advice.Thrown Throwable thrown) {}
    }

    private static Class<?> givenState(boolean inField) throws Exception {
        AdviceCall call = new AdviceCall(
                AdviceReader.read(StateAdvice.class.getName(), classFile(StateAdvice.class)),
                new CallSite("observe", "test"),
                new Fields() {
                    @Override
                    public Field find(String name) {
                        return new Field("Ljava/lang/Object;", false);
                    }

                    @Override
                    public boolean haveState() {
                        return inField;
                    }
                });
        byte[] woven = WovenClass.write(
                classFile(Keeper.class),
                inField,
                (access, name, descriptor) -> name.equals("kept") ? List.of(call) : List.of());
        return defined(Keeper.class.getName(), woven);
    }

    @Test
    void theStateThatAdviceIsGivenIsReadWhereTheObjectCarriesItOnly() throws Exception {
        for (boolean inField : new boolean[] {true, false}) {
            Object keeper = givenState(inField).getConstructor().newInstance();
            assertThat(keeper instanceof SallyportState).isEqualTo(inField);
        }
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in =
                type.getResourceAsStream(type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class")) {
            return in.readAllBytes();
        }
    }

    private static byte[] woven(byte[] classFile) throws IOException {
        return woven(classFile, "io", EverythingAdvice.class);
    }

    private static byte[] woven(byte[] classFile, String idiom, Class<?> advice) throws IOException {
        AdviceCall call = new AdviceCall(
                AdviceReader.read(advice.getName(), classFile(advice)), new CallSite(idiom, "test"), name -> {
                    throw new IllegalStateException("no field " + name);
                });
        return WovenClass.write(
                classFile,
                false,
                (access, name, descriptor) ->
                        name.equals("<init>") || name.equals("untouched") ? List.of() : List.of(call, call));
    }

    private static Class<?> defined(String name, byte[] classFile) throws ClassNotFoundException {
        ClassLoader loader = new ClassLoader(WovenClassTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
                return wanted.equals(name)
                        ? defineClass(name, classFile, 0, classFile.length)
                        : super.loadClass(wanted, resolve);
            }
        };
        return Class.forName(name, true, loader);
    }

    @Test
    void adviceWithinAdviceAroundLoopsHandlersAndWideValuesPassesTheVerifier() throws Exception {
        Class<?> shapes = defined(Shapes.class.getName(), woven(classFile(Shapes.class)));
        Object made = shapes.getConstructor().newInstance();
        assertThat(shapes.getMethod("untouched").invoke(made)).isEqualTo("as it was");
    }

    @Test
    void whatAMethodLeavesOnItsStackWhereItReturnsIsTakenAway() throws Exception {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "Odd", null, "java/lang/Object", null);
        MethodVisitor made = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        made.visitCode();
        made.visitVarInsn(Opcodes.ALOAD, 0);
        made.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        made.visitInsn(Opcodes.RETURN);
        made.visitMaxs(1, 1);
        made.visitEnd();
        // What Kotlin makes of f(text, 1L, value, if (value > 5) return value + 2 else value): the arguments so far
        // stay below.
        MethodVisitor m = writer.visitMethod(Opcodes.ACC_PUBLIC, "odd", "(I)I", null, null);
        Label small = new Label();
        m.visitCode();
        m.visitLdcInsn("text");
        m.visitVarInsn(Opcodes.ILOAD, 1);
        m.visitInsn(Opcodes.I2L);
        m.visitInsn(Opcodes.DUP2_X1);
        m.visitVarInsn(Opcodes.ILOAD, 1);
        m.visitInsn(Opcodes.ICONST_5);
        m.visitJumpInsn(Opcodes.IF_ICMPLE, small);
        m.visitVarInsn(Opcodes.ILOAD, 1);
        m.visitInsn(Opcodes.ICONST_2);
        m.visitInsn(Opcodes.IADD);
        m.visitInsn(Opcodes.IRETURN);
        m.visitLabel(small);
        m.visitFrame(Opcodes.F_FULL, 2, new Object[] {"Odd", Opcodes.INTEGER}, 3, new Object[] {
            Opcodes.LONG, "java/lang/String", Opcodes.LONG
        });
        m.visitInsn(Opcodes.ICONST_M1);
        m.visitInsn(Opcodes.IRETURN);
        m.visitMaxs(7, 2);
        m.visitEnd();
        writer.visitEnd();
        byte[] plain = writer.toByteArray();
        // Nothing links the advice here; an observer's call then does nothing, and the method answers as it did.
        Class<?> odd = defined("Odd", woven(plain, "observe", ObservingAdvice.class));
        Object it = odd.getConstructor().newInstance();
        assertThat(odd.getMethod("odd", int.class).invoke(it, 7)).isEqualTo(9);
        assertThat(odd.getMethod("odd", int.class).invoke(it, 3)).isEqualTo(-1);
    }

    /** Would be called otherwise than it says. */
    static final class InlinedAdvice {
        @Advice.OnMethodEnter
        static void enter() {}
    }

    @Test
    void adviceThatWouldHaveToBeInlinedIsRefused() throws IOException {
        byte[] classFile = classFile(InlinedAdvice.class);
        assertThatThrownBy(() -> AdviceReader.read(InlinedAdvice.class.getName(), classFile))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inlined");
    }
}
