package io.sallyport.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.verdict.StandardGate;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A library whose version lacks a method that the advice calls. */
class OtherVersionTest {

    private static final Queue<Event> EVENTS = new ConcurrentLinkedQueue<>();
    private static final WeaveInstaller INSTALLER = new WeaveInstaller(ByteBuddyAgent.install());

    private static volatile PolicySnapshot policy;

    private Object gong;

    @BeforeAll
    static void weave() {
        StandardGate gate = new StandardGate(
                () -> policy,
                () -> Identity.unverified("test"),
                new HoldRoom(ApprovalDesk.NOBODY, Clock.systemUTC()),
                EVENTS::add,
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString());
        INSTALLER.install(new AgentContext(gate, null, INSTALLER.coverage(), true), List.of(new GongModule()));
    }

    @BeforeEach
    void load() throws Exception {
        EVENTS.clear();
        gong = new WithoutRing()
                .loadClass("io.example.bells.Gong")
                .getConstructor()
                .newInstance();
    }

    /** The library as it was when {@code Bell} could not ring. */
    private static final class WithoutRing extends ClassLoader {

        WithoutRing() {
            super(OtherVersionTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals("io.example.bells.Gong") && !name.equals("io.example.bells.Bell")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            byte[] classFile = loaded == null ? withoutRing(name) : new byte[0];
            return loaded == null ? defineClass(name, classFile, 0, classFile.length) : loaded;
        }

        private byte[] withoutRing(String name) throws ClassNotFoundException {
            try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                ClassWriter writer = new ClassWriter(0);
                new ClassReader(in.readAllBytes())
                        .accept(
                                new ClassVisitor(Opcodes.ASM9, writer) {
                                    @Override
                                    public MethodVisitor visitMethod(
                                            int access, String method, String descriptor, String s, String[] e) {
                                        return method.equals("ring")
                                                ? null
                                                : super.visitMethod(access, method, descriptor, s, e);
                                    }
                                },
                                0);
                return writer.toByteArray();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static void govern(String mode) throws Exception {
        policy = PolicyLoader.load("version: 1\nmode: " + mode + "\n", "policy.yaml", KeySource.NONE);
    }

    private Object call(String method, Object by) throws Throwable {
        try {
            return gong.getClass().getMethod(method, Object.class).invoke(gong, by);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object bell() throws Exception {
        return ((Callable<?>) gong).call();
    }

    private int struck() throws Exception {
        return gong.getClass().getField("struck").getInt(gong);
    }

    @Test
    void isRefusedInItsCallersOwnTypeWhereThePolicyEnforces() throws Exception {
        govern("enforce");
        Object bell = bell();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> call("strike", bell))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Refused by Sallyport")
                    .hasMessageContaining("version of the library");
        }
        assertThat(struck()).isZero();
        assertThatThrownBy(() -> call("echo", bell)).isInstanceOf(IOException.class);
        assertThat(EVENTS).hasSize(3).allMatch(e -> "deny".equals(e.verdict()));
    }

    @Test
    void goesOnUnwovenWhereThePolicyObservesAndIsSeen() throws Throwable {
        govern("observe");

        assertThat(call("strike", bell())).isEqualTo("gong");
        assertThat(call("echo", bell())).isEqualTo("gong");
        assertThat(EVENTS)
                .filteredOn(e -> e.type() == Event.Type.DECISION)
                .hasSize(2)
                .allMatch(e -> "deny".equals(e.wouldHave()));
        assertThat(INSTALLER.coverage().entries()).anySatisfy(e -> {
            assertThat(e.state()).isEqualTo(Coverage.State.REFUSED);
            assertThat(e.type()).isEqualTo(gong.getClass().getName());
            assertThat(e.reason()).contains("BeforeAdvice.enter", "ring");
        });
    }

    @Test
    void aDefectOfTheAdviceIsRefusedInItsCallersOwnTypeWhereThePolicyEnforces() throws Exception {
        govern("enforce");
        assertThatThrownBy(() -> call("strike", "neither a bell nor code"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Refused by Sallyport")
                .hasMessageContaining("ClassCastException in io.sallyport.weaving.gong.BeforeAdvice:")
                .hasMessageNotContaining("cannot be cast");
        assertThat(struck()).isZero();
        assertThat(EVENTS).hasSize(1).allMatch(e -> "deny".equals(e.verdict()));
    }

    @Test
    void whereCallersHearOfFailuresByAFutureARefusalIsNotThrown() throws Throwable {
        govern("enforce");
        CompletableFuture<?> future = (CompletableFuture<?>) call("later", "neither a bell nor code");
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Refused by Sallyport");
        assertThat(struck()).isZero();
        govern("observe");
        assertThat(call("later", "neither a bell nor code"))
                .asInstanceOf(InstanceOfAssertFactories.completableFuture(String.class))
                .isCompletedWithValue("gong");
    }

    @Test
    void aDefectOfTheAdviceChangesNothingWhereThePolicyObserves() throws Throwable {
        govern("observe");
        assertThat(call("strike", "neither a bell nor code")).isEqualTo("gong");
    }

    @Test
    void aFailureOfCodeThatTheAdviceRunsIsTheApplicationsOwn() throws Exception {
        govern("enforce");
        Callable<?> application = application(IllegalStateException.class);
        assertThatThrownBy(() -> call("strike", application))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("com.acme.Own.gone");
    }

    private static Callable<?> application(Class<? extends Throwable> failure) throws Exception {
        return new net.bytebuddy.ByteBuddy()
                .subclass(Object.class)
                .implement(Callable.class)
                .name("com.acme.Application")
                .method(net.bytebuddy.matcher.ElementMatchers.named("call"))
                .intercept(net.bytebuddy.implementation.ExceptionMethod.throwing(failure, "com.acme.Own.gone"))
                .make()
                .load(OtherVersionTest.class.getClassLoader())
                .getLoaded()
                .asSubclass(Callable.class)
                .getConstructor()
                .newInstance();
    }

    @Test
    void anErrorOfCodeThatTheAdviceRunsIsTheApplicationsOwn() throws Exception {
        govern("enforce");
        // A class of the application that was built against another version, too.
        Callable<?> application = application(NoSuchMethodError.class);

        assertThatThrownBy(() -> call("strike", application))
                .isInstanceOf(NoSuchMethodError.class)
                .hasMessage("com.acme.Own.gone");
        assertThat(EVENTS).isEmpty();
    }
}
