package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.controlplane.relay.HostPort;
import io.sallyport.controlplane.relay.Relay;
import io.sallyport.controlplane.relay.RelayCertificates;
import io.sallyport.controlplane.relay.RelayEnrolment;
import io.sallyport.controlplane.relay.RelayFiles;
import io.sallyport.controlplane.relay.RelaySettings;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.RenewRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay that gets its certificate from the control plane, as agents get theirs. */
class RelayEnrolmentTest {

    private final MovableClock clock = new MovableClock();

    @TempDir
    Path directory;

    private Running server;
    private RelayEnrolment enrolment;

    @BeforeEach
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock);
        enrolment = new RelayEnrolment(server.url(), ca(), directory.resolve("relay"), clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path ca() {
        return server.data().resolve("ca.pem");
    }

    private Path token(Map<String, String> labels) throws IOException {
        String token = server.admin()
                .post("/api/v1/join-tokens", Map.of("workload", "relay", "labels", labels, "uses", 1))
                .expect(201)
                .path("token")
                .asText();
        return Files.writeString(directory.resolve("token"), token);
    }

    @Test
    void aWorkloadReachesTheTargetThroughAnEnrolledRelayAndARotationDropsNothing() throws Exception {
        RelayFiles files = enrolment.ensure(token(Map.of("relay", "localhost 127.0.0.1")));
        RelayCertificates certificates = new RelayCertificates(files);
        try (ServerSocket target = echo();
                Relay relay = new Relay(
                        new RelaySettings(
                                new HostPort("127.0.0.1", 0), new HostPort("127.0.0.1", target.getLocalPort()), 10),
                        certificates)) {
            TestKey key = new TestKey();
            EnrollResponse workload = server.enroll(server.joinToken("orders"), "orders", "instance-1", key);
            try (SSLSocket open = connect(relay, key, workload)) {
                X509Certificate before = shown(open);
                clock.forward(Duration.ofHours(17));
                enrolment.renewIfDue();
                Files.setLastModifiedTime(
                        files.certificate(), FileTime.from(Instant.now().plusSeconds(5)));
                certificates.refresh();

                assertThat(roundTrip(open)).isEqualTo(42);
                try (SSLSocket next = connect(relay, key, workload)) {
                    assertThat(roundTrip(next)).isEqualTo(42);
                    assertThat(shown(next).getSerialNumber()).isNotEqualTo(before.getSerialNumber());
                    assertThat(shown(next).getPublicKey()).isEqualTo(before.getPublicKey());
                }
            }
        }
    }

    @Test
    void aRevokedWorkloadIsCutOffAndNotAdmittedAgainAndTheOthersGoOn() throws Exception {
        RelayFiles files = enrolment.ensure(token(Map.of("relay", "localhost 127.0.0.1")));
        try (ServerSocket target = echo();
                Relay relay = new Relay(
                        new RelaySettings(
                                new HostPort("127.0.0.1", 0), new HostPort("127.0.0.1", target.getLocalPort()), 10),
                        new RelayCertificates(files))) {
            TestKey lost = new TestKey();
            TestKey kept = new TestKey();
            EnrollResponse stolen = server.enroll(server.joinToken("orders"), "orders", "instance-1", lost);
            EnrollResponse other = server.enroll(server.joinToken("billing"), "billing", "instance-1", kept);
            try (SSLSocket ends = connect(relay, lost, stolen);
                    SSLSocket stays = connect(relay, kept, other)) {
                assertThat(roundTrip(ends)).isEqualTo(42);
                assertThat(enrolment.revoked()).isEmpty();
                server.admin()
                        .post("/api/v1/workloads/" + stolen.workloadId() + "/revoke", Map.of("reason", "stolen"))
                        .expectStatus(200, 204);
                relay.cutOff(enrolment.revoked());

                assertThatThrownBy(() -> {
                            if (ends.getInputStream().read() < 0) {
                                throw new IOException("ended");
                            }
                        })
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(() -> {
                            try (SSLSocket again = connect(relay, lost, stolen)) {
                                if (roundTrip(again) < 0) {
                                    throw new IOException("ended");
                                }
                            }
                        })
                        .isInstanceOf(IOException.class);
                assertThat(roundTrip(stays)).isEqualTo(42);
            }
        }
    }

    @Test
    void onlyARelayIsToldWhoWasRevoked() throws Exception {
        TestKey key = new TestKey();
        EnrollResponse workload = server.enroll(server.joinToken("orders"), "orders", "instance-1", key);
        enrolment.ensure(token(Map.of("relay", "localhost")));

        server.as(workload.credential())
                .post("/agent/v1/revoked", new RenewRequest(null, key.prove(workload.credential())))
                .expect(403);
        server.as(workload.credential())
                .post("/agent/v1/revoked", new RenewRequest(null, null))
                .expect(401);
    }

    @Test
    void theCertificateIsForTheNamesOfTheTokenMarkedAsARelaysAndForServersOnly() throws Exception {
        RelayFiles files = enrolment.ensure(token(Map.of("relay", "relay.internal 10.0.0.5")));

        X509Certificate certificate = io.sallyport.controlplane.tls.Pem.readCertificate(files.certificate());
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrder("relay.internal", "10.0.0.5", "sallyport:relay");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(Duration.between(clock.instant(), certificate.getNotAfter().toInstant()))
                .isLessThanOrEqualTo(Duration.ofHours(25));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "control.internal",
                "relay.internal Control.Internal.",
                "a/b",
                "relay.internal user@host",
                "*.internal"
            })
    void noTokenGivesARelayANameOfTheControlPlaneOrWhatIsNone(String names) {
        server.admin()
                .post("/api/v1/join-tokens", Map.of("workload", "relay", "labels", Map.of("relay", names), "uses", 1))
                .expect(422);
    }

    @Test
    void aSecondStartNeedsNoTokenAndACertificateThatHasAgedIsNotRenewedBeforeItsTime() throws Exception {
        RelayFiles files = enrolment.ensure(token(Map.of("relay", "localhost")));
        String first = Files.readString(files.certificate());
        clock.forward(Duration.ofHours(1));

        assertThat(enrolment.ensure(null)).isEqualTo(files);
        assertThat(Files.readString(files.certificate())).isEqualTo(first);
    }

    @Test
    void aWorkloadsTokenMakesNoRelay() throws Exception {
        Path token = token(Map.of("env", "prod"));

        assertThatThrownBy(() -> enrolment.ensure(token))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--relay");
    }

    @Test
    void aRevokedRelayIsNotRenewed() throws Exception {
        RelayFiles files = enrolment.ensure(token(Map.of("relay", "localhost")));
        String first = Files.readString(files.certificate());
        String id = server.admin()
                .get("/api/v1/workloads")
                .expect(200)
                .get(0)
                .path("id")
                .asText();
        server.admin()
                .post("/api/v1/workloads/" + id + "/revoke", Map.of("reason", "test"))
                .expectStatus(200, 204);
        clock.forward(Duration.ofHours(17));
        enrolment.renewIfDue();

        assertThat(Files.readString(files.certificate())).isEqualTo(first);
    }

    private SSLSocket connect(Relay relay, TestKey key, EnrollResponse workload) throws IOException {
        SSLSocket socket = (SSLSocket)
                key.context(ca(), workload.certificate()).getSocketFactory().createSocket("localhost", relay.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private static int roundTrip(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(42);
        return socket.getInputStream().read();
    }

    private static X509Certificate shown(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    private static ServerSocket echo() throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(() -> {
            try {
                while (true) {
                    Socket caller = listener.accept();
                    Thread serving = new Thread(() -> {
                        try (caller) {
                            caller.getInputStream().transferTo(caller.getOutputStream());
                        } catch (IOException ended) {
                            // The caller is gone.
                        }
                    });
                    serving.setDaemon(true);
                    serving.start();
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        accepting.setDaemon(true);
        accepting.start();
        return listener;
    }
}
