package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Switches of the command line by which a process tells the JDK to take less than it should. Without the agent each does what it says;
 * under a policy what counts is what the handshake was.
 */
class TlsSwitchesIT {

    private static final String PASSWORD = "changeit";

    /** Whom a process trusts by {@code javax.net.ssl.trustStore} at its launch is the platform's. */
    @TempDir
    Path directory;

    private TestAuthority authority;

    @BeforeEach
    void certify() {
        authority = TestAuthority.create("platform");
    }

    private Path store(IssuedCertificate server) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("platform", authority.certificate());
        store.setKeyEntry(
                "server", server.key(), PASSWORD.toCharArray(), server.chain().toArray(Certificate[]::new));
        Path file = directory.resolve("store.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private List<String> run(String policy, Path store, String version, String... switches) throws Exception {
        ChildJvm.Builder builder = ChildJvm.builder()
                .classPath(Probe.classPath())
                .env("SALLYPORT_SPOOL", directory.resolve("spool").toString())
                .jvm("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD)
                .jvm(switches);
        if (policy != null) {
            builder.agent("policy=" + Files.writeString(directory.resolve("policy.yaml"), policy));
        }
        try (ChildJvm jvm = builder.run("io.example.probe.TlsSwitches", store.toString(), PASSWORD, version)
                .start()) {
            assertThat(jvm.exitCode(Duration.ofSeconds(90))).as(jvm.output()).isZero();
            return jvm.lines().stream()
                    .filter(line -> line.startsWith("java.net.http:")
                            || line.startsWith("HttpsURLConnection:")
                            || line.startsWith("arrived:"))
                    .toList();
        }
    }

    private static String demanding(String level) {
        return "version: 1\nmode: enforce\ntls: [{level: " + level + ", minVersion: TLSv1.2}]\n";
    }

    @Test
    void namesAreVerifiedWhateverTheJdksClientIsToldNotToVerify() throws Exception {
        Path store = store(authority.server("other.example"));
        String blind = "-Djdk.internal.httpclient.disableHostnameVerification=true";

        assertThat(run(null, store, "TLSv1.3", blind)).contains("java.net.http: 204");

        assertThat(run(demanding("verify-full"), store, "TLSv1.3", blind))
                .filteredOn(line -> line.startsWith("java.net.http"))
                .singleElement()
                .asString()
                .contains("Refused by Sallyport", "is not for the host that was asked for");
    }

    @Test
    void anOldVersionThatTheSwitchesBringBackIsRefused() throws Exception {
        Path store = store(authority.server("localhost"));
        Path security = Files.writeString(
                directory.resolve("weak.security"), "jdk.tls.disabledAlgorithms=\njdk.certpath.disabledAlgorithms=\n");
        String[] weak = {
            "-Djava.security.properties=" + security,
            "-Djdk.tls.client.protocols=TLSv1.1",
            "-Dhttps.protocols=TLSv1.1",
            "-Dcom.sun.net.ssl.checkRevocation=false",
            "-Djdk.tls.allowUnsafeServerCertChange=true"
        };

        assertThat(run(null, store, "TLSv1.1", weak)).contains("HttpsURLConnection: 204");

        List<String> governed = run(demanding("require"), store, "TLSv1.1", weak);
        assertThat(governed)
                .filteredOn(line -> line.contains("Refused by Sallyport") && line.contains("at least TLSv1.2"))
                .hasSize(2);
        assertThat(governed).contains("arrived: 0");
    }
}
