package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.sallyport.core.record.CallSubject;
import io.sallyport.core.record.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncryptionInBrowserTest extends BrowserTest {

    private static final String FIX =
            "the connection is not encrypted and the policy demands 'verify-full'. Set sslmode=verify-full in the JDBC URL";

    private static final String SQL_SERVER_FIX =
            "Set encrypt=true;trustServerCertificate=false in the JDBC URL, and turn TLS on at the server";
    private static final String MARIADB_FIX = "TLS is switched off. Remove sslMode or useSsl";

    @Test
    void whatWouldBeRefusedIsListedWithItsRemedyAndTheRestOnDemand() throws Exception {
        logIn();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "ledger", "ledger-1", Map.of())) {
            agent.report(
                    opened("jdbc:postgresql://plain.internal/ledger", "allow", "deny", FIX, "plaintext"),
                    opened("jdbc:postgresql://plain.internal/ledger", "allow", "deny", FIX, "plaintext"),
                    opened("jdbc:mysql://fine.internal/shop", "allow", null, null, "TLSv1.3 TLS_AES_256_GCM_SHA384"));
            show("encryption");

            assertThat(rows()).hasCount(1);
            assertThat(rows()).containsText("would be refused");
            assertThat(rows()).containsText("plain.internal");
            assertThat(rows()).containsText("Set sslmode=verify-full");
            assertThat(rows()).containsText("Opened at com.example.Ledger.open:12");
            assertThat(rows()).containsText("2 connections");

            page.getByLabel("Which connections").selectOption("all");
            assertThat(rows()).hasCount(2);
            assertThat(rows().last()).containsText("TLSv1.3 TLS_AES_256_GCM_SHA384");

            agent.report(opened("jdbc:oracle://late.internal/x", "deny", null, "Use tcps://", "plaintext"));
            assertThat(rows()).hasCount(3);
            assertThat(rows().first()).containsText("refused");

            agent.report(
                    opened("jdbc:sqlserver://plain.internal", "allow", "deny", SQL_SERVER_FIX, "plaintext"),
                    subject("jdbc:mariadb://off.internal/app")
                            .decision(Instant.now(), "deny", List.of("tls"), null, List.of(), MARIADB_FIX));
            assertThat(of("jdbc:sqlserver:")).containsText(SQL_SERVER_FIX);
            assertThat(of("jdbc:mariadb:")).containsText("not opened");
            assertThat(of("jdbc:mariadb:")).containsText(MARIADB_FIX);
        }
    }

    private Locator of(String target) {
        return rows().filter(new Locator.FilterOptions().setHasText(target));
    }

    private Locator rows() {
        return page.locator(".connection");
    }

    private static Event opened(String target, String verdict, String wouldHave, String reason, String tls) {
        return subject(target)
                .open(Instant.now(), verdict, reason == null ? List.of() : List.of("tls"), wouldHave, reason, tls);
    }

    private static CallSubject subject(String target) {
        return new CallSubject(
                "jdbc-1",
                "call-" + target.length(),
                target,
                "connect",
                "connect",
                "com.example.Ledger.open:12",
                "main");
    }
}
