package io.sallyport.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.bootstrap.SallyportState;
import io.sallyport.weaving.sample.Window;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WeavingTest {

    private static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();
    private static final WeaveInstaller INSTALLER = new WeaveInstaller(INSTRUMENTATION);

    @BeforeAll
    static void weave() {
        StateField.undecidedReader(new ShoutingReader());
        assertThat(INSTALLER.coverage().isWoven(Window.class)).isFalse();
        INSTALLER.install(
                new AgentContext(null, null, INSTALLER.coverage(), true), List.of(new DoorModule(), new WatchModule()));
    }

    @Test
    void aRefusalIsThrownBeforeTheMethodRuns() {
        Object door = Visit.door();
        assertThatThrownBy(() -> Visit.open(door, "thief"))
                .isInstanceOf(IOException.class)
                .hasMessage("refused");
        assertThat(Visit.opened(door)).isZero();
    }

    @Test
    void aRefusedCallIsRefusedAgainOnTheSameThread() {
        Object door = Visit.door();
        assertThatThrownBy(() -> Visit.open(door, "thief")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Visit.open(door, "thief")).isInstanceOf(IOException.class);
        assertThat(Visit.opened(door)).isZero();
    }

    @Test
    void anAdmittedCallRunsAndItsResultCanBeReplaced() throws IOException {
        assertThat(Visit.open(Visit.door(), "guest")).isEqualTo("welcome guest (guest)");
    }

    @Test
    void aCallSiteThatCannotBeLinkedThrowsTheTypedRefusalEachTime() {
        Object door = Visit.door();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> Visit.broken(door))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Refused by Sallyport:");
        }
        assertThat(Visit.opened(door)).isZero();
        assertThat(INSTALLER.coverage().entries())
                .anySatisfy(e -> assertThat(e.reason()).contains("BrokenAdvice"));
    }

    @Test
    void aCallSiteOfAnObserverThatCannotBeLinkedDoesNothingAndIsReported() {
        assertThat(new Window().look()).isEqualTo("garden");
        assertThat(INSTALLER.coverage().entries()).anySatisfy(e -> {
            assertThat(e.module()).isEqualTo("watch");
            assertThat(e.state()).isEqualTo(Coverage.State.REFUSED);
        });
    }

    @Test
    void aClassThatWasAskedAboutBeforeItWasWovenIsKnownAsWovenAfterwards() {
        assertThat(INSTALLER.coverage().isWoven(Window.class)).isTrue();
    }

    @Test
    void aClassThatItsModuleNeverProvedIsWovenAndReportedAsUnproven() {
        Class<?> unproven = Visit.sideDoor().getClass();
        assertThat(INSTALLER.coverage().isWoven(unproven)).isTrue();
        assertThat(INSTALLER.coverage().entries())
                .filteredOn(e -> e.type().equals(unproven.getName()))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.state()).isEqualTo(Coverage.State.WOVEN_UNPROVEN);
                    assertThat(e.reason()).contains("never proven");
                });
    }

    @Test
    void includedEntriesAreAskedForWithEachReportAndTheirChangesReachTheListeners() {
        AtomicInteger count = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        INSTALLER
                .coverage()
                .include(() ->
                        List.of(new Coverage.Entry("test", "T", Coverage.State.UNMEDIATED, "seen " + count.get())));
        INSTALLER.coverage().onChange(told::incrementAndGet);
        count.set(3);
        INSTALLER.coverage().changed();
        assertThat(told).hasPositiveValue();
        assertThat(INSTALLER.coverage().entries())
                .extracting(Coverage.Entry::reason)
                .contains("seen 3");
    }

    @Test
    void aGetterIsGuardedUnlessItsCarrierHasNothingToMask() throws IOException {
        Object door = Visit.door();
        Visit.open(door, "guest");
        assertThat(Visit.secret(door, 1)).isEqualTo("<secret1>");
        assertThat(Visit.number(door)).isEqualTo(-1);
        Visit.open(door, "nothing");
        assertThat(Visit.secret(door, 1)).isEqualTo("secret1");
        assertThat(Visit.number(door)).isEqualTo(7);
    }

    @Test
    void aCarrierWithoutAStateIsGuardedByTheUndecidedReader() {
        assertThat(Visit.secret(Visit.door(), 1)).isEqualTo("<secret1>");
    }

    @Test
    void aSubclassSharesTheStateOfItsParentAndIsGuardedOnce() throws IOException {
        Object door = Visit.sideDoor();
        Visit.open(door, "guest");
        assertThat(Visit.secret(door, 1)).isEqualTo("<side-secret1>");
        Visit.open(door, "nothing");
        assertThat(Visit.secret(door, 1)).isEqualTo("side-secret1");
        assertThat(StateField.injected(door)).isTrue();
    }

    @Test
    void aWovenClassSurvivesRetransformation() throws Exception {
        Object door = Visit.door();
        INSTRUMENTATION.retransformClasses(Visit.classes());
        assertThatThrownBy(() -> Visit.open(door, "thief")).isInstanceOf(IOException.class);
        Visit.open(door, "guest");
        assertThat(Visit.secret(door, 2)).isEqualTo("<secret2>");
    }

    /** No stack was left for the reader, say: what it knows of who reads may be wrong from then on. */
    @Test
    void aReaderThatEndsByAnErrorIsAskedNoMore() {
        Object atTheEnd = Visit.door();
        StateField.set(atTheEnd, new FailingReader(false));
        assertThatThrownBy(() -> Visit.secret(atTheEnd, 1)).isInstanceOf(StackOverflowError.class);
        assertThat(StateField.get(atTheEnd)).isSameAs(SallyportGate.SPOILT);

        Object atTheBeginning = Visit.door();
        StateField.set(atTheBeginning, new FailingReader(true));
        assertThatThrownBy(() -> Visit.number(atTheBeginning)).isInstanceOf(StackOverflowError.class);
        assertThat(StateField.get(atTheBeginning)).isSameAs(SallyportGate.SPOILT);
    }

    private record FailingReader(boolean atOnce) implements SallyportReader {

        @Override
        public SallyportReader enter(Object carrier, Object column) {
            if (atOnce) {
                throw new StackOverflowError();
            }
            return this;
        }

        @Override
        public Object exit(
                Object carrier,
                String method,
                String returnType,
                Object column,
                Object second,
                Object value,
                Throwable thrown) {
            throw new StackOverflowError();
        }
    }

    @Test
    void theStateOpensForTheAgentsKeyOnly() {
        SallyportState door = (SallyportState) Visit.door();
        assertThatThrownBy(() -> door.sallyport$state(new Object())).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> door.sallyport$state(null, SallyportGate.NOTHING))
                .isInstanceOf(SecurityException.class);
        assertThatThrownBy(SallyportGate::claim).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SallyportGate.undecided(new Object(), (SallyportReader) null))
                .isInstanceOf(SecurityException.class);
    }

    @Test
    void coverageNamesWovenClassesAndKnowsNothingOfOthers() {
        assertThat(INSTALLER.coverage().isWoven(Visit.classes()[0])).isTrue();
        assertThat(INSTALLER.coverage().isWoven(String.class)).isFalse();
        assertThat(INSTALLER.coverage().reason(String.class)).isNotEmpty();
    }

    @Test
    void aClassFileFromBeforeInvokedynamicIsWoven() throws Exception {
        Class<?> old = new net.bytebuddy.ByteBuddy(net.bytebuddy.ClassFileVersion.JAVA_V5)
                .subclass(Visit.classes()[0])
                .name("io.sallyport.weaving.sample.OldDoor")
                .make()
                .load(new ClassLoader(WeavingTest.class.getClassLoader()) {})
                .getLoaded();
        assertThat(INSTALLER.coverage().isWoven(old)).isTrue();
    }

    @Test
    void aClassThatCannotBeWovenIsRefusedWithItsReason() throws Exception {
        String name = "io.sallyport.weaving.sample.AncientDoor";
        byte[] classFile = withSubroutine(name);
        Class<?> ancient = new ClassLoader(WeavingTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String n) throws ClassNotFoundException {
                if (!n.equals(name)) {
                    throw new ClassNotFoundException(n);
                }
                return defineClass(n, classFile, 0, classFile.length);
            }
        }.loadClass(name);
        assertThat(INSTALLER.coverage().isWoven(ancient)).isFalse();
        assertThat(INSTALLER.coverage().reason(ancient)).contains("cannot be woven");
        assertThat(INSTALLER.coverage().entries()).anySatisfy(e -> {
            assertThat(e.type()).isEqualTo(ancient.getName());
            assertThat(e.state()).isEqualTo(Coverage.State.REFUSED);
        });
        Class<?> heir = new net.bytebuddy.ByteBuddy()
                .subclass(ancient)
                .name("io.sallyport.weaving.sample.HeirOfAncientDoor")
                .make()
                .load(ancient.getClassLoader(), net.bytebuddy.dynamic.loading.ClassLoadingStrategy.Default.WRAPPER)
                .getLoaded();
        assertThat(INSTALLER.coverage().isWoven(heir)).isFalse();
        assertThat(INSTALLER.coverage().reason(heir)).contains(ancient.getName());
    }

    @Test
    void aClassThatInheritsItsCodeFromOneThatIsNotWovenIsRefused() {
        Class<?> shed = Visit.openShed();
        assertThat(INSTALLER.coverage().isWoven(shed)).isFalse();
        assertThat(INSTALLER.coverage().reason(shed)).contains("inherits io.sallyport.weaving.sample.Shed.open");
    }

    /** What compilers made of {@code finally} before Java 5. */
    private static byte[] withSubroutine(String name) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String parent = Visit.classes()[0].getName().replace('.', '/');
        writer.visit(Opcodes.V1_4, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, parent, null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "ancient", "()V", null, null);
        Label subroutine = new Label();
        method.visitCode();
        method.visitJumpInsn(Opcodes.JSR, subroutine);
        method.visitInsn(Opcodes.RETURN);
        method.visitLabel(subroutine);
        method.visitVarInsn(Opcodes.ASTORE, 1);
        method.visitVarInsn(Opcodes.RET, 1);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
