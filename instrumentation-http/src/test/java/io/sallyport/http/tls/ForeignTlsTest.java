package io.sallyport.http.tls;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.weaving.tls.StatedPeers;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.StubMethod;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** TLS that is not the JDK's: an application's own classes stand for BoringSSL and all others. */
class ForeignTlsTest {

    private static final int PORT = 4433;

    @BeforeAll
    static void govern() {
        Governed.start();
    }

    private static <T> T pretended(Class<T> type, String name) throws Exception {
        InetAddress address = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        return new ByteBuddy()
                .subclass(type)
                .name("io.example.foreign." + name)
                .method(isAbstract())
                .intercept(StubMethod.INSTANCE)
                .method(named("getUseClientMode"))
                .intercept(FixedValue.value(true))
                .method(named("getInetAddress"))
                .intercept(FixedValue.reference(address))
                .method(named("getPeerHost"))
                .intercept(FixedValue.value("localhost"))
                .method(named("getPort").or(named("getPeerPort")))
                .intercept(FixedValue.value(PORT))
                .make()
                .load(ForeignTlsTest.class.getClassLoader())
                .getLoaded()
                .getConstructor()
                .newInstance();
    }

    private static void demand(Level level) {
        Governed.demandTls(PORT, new TlsRequirement(level, "TLSv1.2", List.of(), Set.of()));
    }

    @Test
    void aSocketIsRefusedBeforeItsHandshake() throws Exception {
        SSLSocket socket = pretended(SSLSocket.class, "ForeignSocket");
        demand(Level.REQUIRE);

        assertThatThrownBy(socket::startHandshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("io.example.foreign.ForeignSocket and not the JDK's");
    }

    @Test
    void anEngineIsRefusedWhetherItIsToldToBeginOrNot() throws Exception {
        SSLEngine engine = pretended(SSLEngine.class, "ForeignEngine");
        demand(Level.REQUIRE);

        assertThatThrownBy(engine::beginHandshake).hasMessageContaining("io.example.foreign.ForeignEngine");
        assertThatThrownBy(() -> engine.wrap(null, 0, 0, null))
                .hasMessageContaining("io.example.foreign.ForeignEngine");
    }

    /** An application's factory makes it, and tells it nobody, or another than its client asks for. */
    @Test
    void anEngineIsRefusedByWhomItsClientAsksFor() throws Exception {
        SSLEngine engine = pretended(SSLEngine.class, "SilentEngine");
        demand(Level.OFF);
        Governed.demandTls(PORT + 1, new TlsRequirement(Level.REQUIRE, "TLSv1.2", List.of(), Set.of()));
        StatedPeers.state(engine, "users.example", PORT + 1);

        assertThatThrownBy(engine::beginHandshake).hasMessageContaining("io.example.foreign.SilentEngine");
    }

    @Test
    void whereNothingIsDemandedItIsAnybodysOwnAffair() throws Exception {
        SSLSocket socket = pretended(SSLSocket.class, "FreeSocket");
        demand(Level.OFF);

        assertThatCode(socket::startHandshake).doesNotThrowAnyException();
    }
}
