package io.sallyport.link.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.sallyport.link.LinkException;
import io.sallyport.link.channel.Connector;
import io.sallyport.link.channel.ControlPlaneAddress;
import io.sallyport.link.channel.LinkThreads;
import io.sallyport.link.enroll.EnrolToken;
import io.sallyport.link.enroll.Enroller;
import io.sallyport.link.enroll.Enrolment;
import io.sallyport.link.enroll.TokenSource;
import io.sallyport.link.testing.ScriptedControlPlane;
import io.sallyport.link.testing.TestCa;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the link believes, over real TLS: wherever it does not, the server has not seen one request, so no token either. */
class ControlPlaneTrustTest {

    @TempDir
    private Path files;

    private final TestCa ca = new TestCa("our CA");
    private final TestCa stranger = new TestCa("our CA");
    private final List<ScriptedControlPlane> servers = new ArrayList<>();
    private final SingleThreadIoEventLoop loop =
            new SingleThreadIoEventLoop(null, new LinkThreads("test-io"), NioIoHandler.newFactory());

    @AfterEach
    void close() {
        servers.forEach(ScriptedControlPlane::close);
        loop.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
    }

    @Test
    void believesAServerThatTheFilesCaVouchesFor() throws Exception {
        assertThat(enrol(serve(ca.server()), byFile(ca)).credential()).isEqualTo("credential-1");
    }

    @Test
    void believesAServerThatThePinnedCaVouchesFor() throws Exception {
        assertThat(enrol(serve(ca.server()), byPin(ca)).credential()).isEqualTo("credential-1");
    }

    @Test
    void believesTls12() throws Exception {
        ScriptedControlPlane server = new ScriptedControlPlane(ca.server(), "TLSv1.2");
        servers.add(server);
        assertThat(enrol(server, byPin(ca)).credential()).isEqualTo("credential-1");
    }

    @Test
    void refusesAnotherCaThanTheFiles() throws Exception {
        assertRefused(serve(stranger.server()), byFile(ca), "not vouched for by the CA file");
    }

    @Test
    void refusesAnotherCaThanThePinned() throws Exception {
        assertRefused(serve(stranger.server()), byPin(ca), "not vouched for by the CA key that the join token names");
    }

    @Test
    void refusesThePinnedCaShownByAServerThatItDidNotSign() throws Exception {
        TestCa.ServerIdentity forged = stranger.server();
        forged = new TestCa.ServerIdentity(
                forged.key(), new X509Certificate[] {forged.chain()[0], stranger.certificate, ca.certificate});
        assertRefused(serve(forged), byPin(ca), "not vouched for");
    }

    @Test
    void refusesAServerThatDoesNotShowThePinnedCa() throws Exception {
        TestCa.ServerIdentity genuine = ca.server();
        TestCa.ServerIdentity alone =
                new TestCa.ServerIdentity(genuine.key(), new X509Certificate[] {genuine.chain()[0]});
        assertRefused(serve(alone), byPin(ca), "not vouched for");
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        assertRefused(serve(ca.expiredServer()), byFile(ca), "outside its validity");
        assertRefused(serve(ca.expiredServer()), byPin(ca), "outside its validity");
    }

    @Test
    void refusesAnExpiredPinnedCa() throws Exception {
        TestCa old = new TestCa("old CA", Instant.now().minus(Duration.ofHours(1)));
        assertRefused(serve(old.server()), byPin(old), "CA certificate is outside its validity");
    }

    @Test
    void aRelayDoesNotPassForTheControlPlane() throws Exception {
        assertRefused(serve(ca.relay()), byFile(ca), "is a relay and not the control plane");
        assertRefused(serve(ca.relay()), byPin(ca), "is a relay and not the control plane");
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        assertRefused(serve(ca.serverNamed("control.example")), byFile(ca), "not for the name localhost");
        assertRefused(serve(ca.serverNamed("control.example")), byPin(ca), "not for the name localhost");
    }

    private ScriptedControlPlane serve(TestCa.ServerIdentity identity) {
        ScriptedControlPlane server = new ScriptedControlPlane(identity);
        servers.add(server);
        return server;
    }

    private ControlPlaneTrust byFile(TestCa authority) throws LinkException {
        return CaFile.read(authority.writePem(files.resolve("ca.pem")));
    }

    private static ControlPlaneTrust byPin(TestCa authority) {
        return ControlPlaneTrust.ofPin(authority.pin());
    }

    private Enrolment enrol(ScriptedControlPlane server, ControlPlaneTrust trust) throws Exception {
        EnrolToken token = new TokenSource(server.token(ca), null).read();
        Connector connector =
                new Connector(loop, ControlPlaneAddress.parse(server.url()), trust.tls(), Duration.ofSeconds(5));
        return new Enroller("orders", Map.of(), Duration.ofSeconds(5)).enrol(connector, token, "instance-1");
    }

    private void assertRefused(ScriptedControlPlane server, ControlPlaneTrust trust, String why) {
        LinkException refused = catchThrowableOfType(LinkException.class, () -> enrol(server, trust));
        assertThat(refused).isNotNull();
        assertThat(refused.getMessage())
                .contains(server.url() + " is refused: ")
                .contains(why)
                .doesNotContain("\n");
        assertThat(server.requests).isEmpty();
    }
}
