package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver one of whose classes the weaver refuses: what is called on its objects would pass undecided. */
class PartlyWovenDriverTest {

    private static final String REFUSED = "org.h2.jdbc.JdbcResultSet";

    @TempDir
    Path classes;

    private Driver driver;

    @BeforeEach
    void load() throws Exception {
        Path file = classes.resolve(REFUSED.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, unweavable());
        ClassLoader application = WovenProcess.applicationWith(classes, "h2-");
        assertThat(WovenProcess.COVERAGE.reason(application.loadClass(REFUSED))).contains("cannot be woven");
        driver = WovenProcess.driver(application, "org.h2.Driver");
    }

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    /** With values left on the stack where methods return, which the JVM allows. */
    private static byte[] unweavable() throws Exception {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        try (InputStream in = WovenProcess.APPLICATION.getResourceAsStream(REFUSED.replace('.', '/') + ".class")) {
            new ClassReader(in.readAllBytes()).accept(new Leaving(writer), 0);
        }
        return writer.toByteArray();
    }

    private static final class Leaving extends ClassVisitor {

        Leaving(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, thrown)) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.ARETURN || opcode == Opcodes.IRETURN) {
                        super.visitInsn(Opcodes.ICONST_0);
                        super.visitInsn(Opcodes.SWAP);
                    }
                    super.visitInsn(opcode);
                }
            };
        }
    }

    @Test
    void doesNotConnectWhereThePolicyEnforces() throws Exception {
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: enforce\n")) {
            assertThatThrownBy(() -> WovenProcess.connect(driver, "jdbc:h2:mem:partly"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Refused by Sallyport")
                    .hasMessageContaining(REFUSED)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void connectsAndIsSeenWhereThePolicyObserves() throws Exception {
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: observe\n")) {
            WovenProcess.connect(driver, "jdbc:h2:mem:partly").close();

            assertThat(policy.events).anyMatch(e -> "deny".equals(e.wouldHave()));
        }
    }

    @Test
    void isNoConcernOfTheSameDriverInAnotherLoader() throws Exception {
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: enforce\n")) {
            WovenProcess.connect("jdbc:h2:mem:whole").close();
        }
    }
}
