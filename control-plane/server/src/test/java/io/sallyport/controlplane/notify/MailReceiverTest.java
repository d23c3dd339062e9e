package io.sallyport.controlplane.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.approvals.ApprovalView;
import io.sallyport.controlplane.configuration.MailSettings;
import io.sallyport.controlplane.configuration.NotifySettings;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Mail to a real SMTP server: over TLS that is checked, or not at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailReceiverTest {

    private static final String STORE = "greenmail.tls.keystore.file";
    private static final String STORE_PASSWORD = "greenmail.tls.keystore.password";
    private static final String ADDRESS = "127.0.0.1";

    private GreenMail server;
    private Path ca;
    private Path otherCa;
    private Path password;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        TestAuthority authority = TestAuthority.create("Mail test CA");
        IssuedCertificate own = authority.server("localhost", ADDRESS);
        ca = authority.writeTo(directory.resolve("ca.pem"));
        otherCa = TestAuthority.create("Another CA").writeTo(directory.resolve("other.pem"));
        password = Files.writeString(directory.resolve("password"), "mail-secret\n");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own", own.key(), "changeit".toCharArray(), own.chain().toArray(X509Certificate[]::new));
        Path file = directory.resolve("mail.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        System.setProperty(STORE, file.toString());
        System.setProperty(STORE_PASSWORD, "changeit");
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, ADDRESS, ServerSetup.PROTOCOL_SMTPS),
            new ServerSetup(0, ADDRESS, ServerSetup.PROTOCOL_SMTP)
        });
        server.setUser("sallyport@example.com", "sallyport", "mail-secret");
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop();
        System.clearProperty(STORE);
        System.clearProperty(STORE_PASSWORD);
    }

    private Receiver over(MailSettings.Tls tls, Path roots) {
        int port = (tls == MailSettings.Tls.implicit ? server.getSmtps() : server.getSmtp()).getPort();
        return Receiver.of(new NotifySettings(
                "mail",
                null,
                null,
                null,
                new MailSettings(
                        ADDRESS,
                        port,
                        tls,
                        "sallyport",
                        "file:" + password,
                        "sallyport@example.com",
                        List.of("dba@example.com", "oncall@example.com")),
                roots));
    }

    private static ApprovalView ticket(String summary) {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        return new ApprovalView(
                "t-1",
                new ApprovalView.WorkloadRef("w", "orders", "host-1", true, true),
                "waiting",
                "jdbc:postgresql://db/orders",
                summary,
                "DELETE FROM payments",
                null,
                null,
                "main",
                1,
                false,
                List.of("mass-write"),
                List.of("dba"),
                1,
                false,
                "",
                now,
                now.plusSeconds(600),
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                false);
    }

    @Test
    void aTicketIsToldWithItsLinkAndWithoutItsStatement() throws Exception {
        over(MailSettings.Tls.implicit, ca)
                .send(
                        "waiting",
                        ticket("delete\r\nBcc: evil@example.com"),
                        "https://cp/#/approvals/t-1",
                        Instant.now());
        MimeMessage[] got = server.getReceivedMessages();
        assertThat(got).hasSize(2);
        assertThat(got[0].getSubject()).isEqualTo("Approval needed: orders: delete  Bcc: evil@example.com");
        assertThat(got[0].getHeader("Bcc")).isNull();
        assertThat(got[0].getAllRecipients()).hasSize(2);
        assertThat(got[0].getContent().toString())
                .contains("jdbc:postgresql://db/orders", "1 of dba", "https://cp/#/approvals/t-1")
                .doesNotContain("DELETE FROM payments");
        server.purgeEmailFromAllMailboxes();
    }

    @Test
    void aServerWithoutTlsGetsNeitherPasswordNorMail() {
        assertThatThrownBy(() ->
                        over(MailSettings.Tls.starttls, ca).send("waiting", ticket("delete"), null, Instant.now()))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining(ADDRESS);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerWithAnotherAuthoritysCertificateGetsNothing() {
        assertThatThrownBy(() ->
                        over(MailSettings.Tls.implicit, otherCa).send("waiting", ticket("delete"), null, Instant.now()))
                .isInstanceOf(IOException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void settingsThatCannotWorkAreToldAtTheStart() {
        MailSettings nobody = new MailSettings("h", null, null, null, null, "a@b.example", List.of());
        assertThatThrownBy(() -> Receiver.of(new NotifySettings("mail", null, null, null, nobody, null)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("host, from and to");
    }
}
