package io.sallyport.weaving.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.jar.asm.ClassWriter;
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

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in =
                type.getResourceAsStream(type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class")) {
            return in.readAllBytes();
        }
    }

    private static byte[] woven(byte[] classFile) throws IOException {
        AdviceCall call = new AdviceCall(
                AdviceReader.read(EverythingAdvice.class.getName(), classFile(EverythingAdvice.class)),
                new CallSite("io", "test"),
                name -> {
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
    void aMethodThatReturnsWithMoreOnItsStackIsRefused() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "Odd", null, "java/lang/Object", null);
        MethodVisitor m = writer.visitMethod(Opcodes.ACC_PUBLIC, "odd", "()I", null, null);
        m.visitCode();
        m.visitInsn(Opcodes.ICONST_1);
        m.visitInsn(Opcodes.ICONST_2);
        m.visitInsn(Opcodes.IRETURN);
        m.visitMaxs(2, 1);
        m.visitEnd();
        writer.visitEnd();
        assertThatThrownBy(() -> woven(writer.toByteArray()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("leaves values on the stack");
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
