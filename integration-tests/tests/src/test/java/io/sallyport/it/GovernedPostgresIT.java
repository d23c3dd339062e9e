package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.RecordingProxy;
import io.sallyport.testing.TestCertificates;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A workload with HikariCP on PostgreSQL under a control plane: what it gets, and what is known of it afterwards. */
@ExtendWith(Postgres.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GovernedPostgresIT {

    private static final String POLICY = """
            version: 1
            mode: enforce
            targets:
              - {name: shop, jdbc: "jdbc:postgresql://localhost:*/postgres"}
            tls:
              - {target: shop, level: verify-full, minVersion: TLSv1.2, roots: ["@CA@"]}
            mask:
              - name: card-numbers
                columns: [gov_customers.card_number]
                with: {keepLast: 4}
              - name: contact
                columns: ["*.email", "gov_customers.balance"]
                with: redact
            guard:
              - name: no-drop
                when: {kind: [drop]}
                then: deny
                message: "Schema changes go through the pipeline."
              - name: mass-write
                when: {unboundedWrite: true}
                then: approve
                message: "A second pair of eyes, please."
                approval: {anyOf: [dba], wait: 10m, timeout: 15m}
              - name: brief
                when: {tables: {write: [gov_brief]}}
                then: approve
                approval: {anyOf: [dba], wait: 1s, timeout: 1s}
              - name: impatient
                when: {tables: {write: [gov_later]}}
                then: approve
                approval: {anyOf: [dba], wait: 1s, timeout: 10m}
              - name: explained
                when: {tables: {write: [gov_explained]}}
                then: approve
                approval: {anyOf: [dba], requesterReason: required}
            """;

    private TlsPostgres postgres;
    private Plane plane;
    private Console workload;

    @BeforeAll
    void start(TlsPostgres shared, @TempDir Path directory) throws Exception {
        postgres = shared;
        postgres.execute(
                "CREATE TABLE gov_customers (id int, name text, email text, card_number text, balance numeric)",
                "INSERT INTO gov_customers VALUES (1, 'Ada', 'ada@example.com', '4111111111111111', 4217.25)",
                "CREATE TABLE gov_orders (id int)",
                "INSERT INTO gov_orders SELECT generate_series(1, 42)");
        plane = Plane.start(directory, POLICY.replace("@CA@", postgres.ca().toString()));
        workload = Console.start(plane.governing(Console.sql(postgres), "spool"));
    }

    @AfterAll
    void stop() throws Exception {
        if (workload != null) {
            workload.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    private void table(String name) throws Exception {
        postgres.execute("CREATE TABLE " + name + " (id int)", "INSERT INTO " + name + " SELECT generate_series(1, 9)");
    }

    private String count(String name) throws Exception {
        return postgres.query("SELECT count(*) FROM " + name);
    }

    @Test
    void tlsIsRaisedThoughTheUrlSaysNothing() throws Exception {
        assertThat(workload.ask("run", "SELECT 1")).containsExactly("row | 1");
        String ofApp = " FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.usename = 'app'";
        assertThat(postgres.query("SELECT count(*) > 0 AND bool_and(s.ssl)" + ofApp))
                .isEqualTo("t");
        assertThat(postgres.query("SELECT min(s.version)" + ofApp)).startsWith("TLSv1.");
        JsonNode open = plane.awaitEvent(
                "the connection",
                e -> e.path("type").asText().equals("OPEN")
                        && e.path("tls").asText().startsWith("TLSv1."));
        assertThat(open.path("verdict").asText()).isEqualTo("allow");
    }

    @Test
    void theRaisedLevelRefusesAServerOfAnotherCa(@TempDir Path directory) throws Exception {
        Path other = TestCertificates.create(directory).ca();
        Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY.replace("@CA@", other.toString()));
        try (RecordingProxy proxy = RecordingProxy.to(postgres.port())) {
            ChildJvm.Builder lonely = Console.sql(postgres)
                    .agent("policy=" + policy)
                    .env("SALLYPORT_SPOOL", directory.resolve("spool").toString());
            try (Console console = Console.start(lonely)) {
                List<String> said = console.ask("connect", "jdbc:postgresql://localhost:" + proxy.port() + "/postgres");
                assertThat(said).singleElement().asString().startsWith("failed ");
            }
            assertThat(proxy.bytesSent()).as("bytes of the handshake").isPositive();
            assertThat(proxy.hasSeen(postgres.password())).isFalse();
        }
    }

    @Test
    void aConnectionWithoutTlsIsRefusedBeforeAnyByteLeaves() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.to(postgres.unwatchedPort())) {
            String url = "jdbc:postgresql://localhost:" + proxy.port() + "/postgres?sslmode=disable";
            assertThat(workload.ask("connect", url))
                    .singleElement()
                    .asString()
                    .startsWith("failed java.sql.SQLException 42501 ")
                    .contains("sslmode=disable")
                    .contains("rule tls");
            assertThat(proxy.connections()).isZero();
            assertThat(proxy.bytesSent()).isZero();
            JsonNode refused = plane.awaitEvent(
                    "the refused connection",
                    e -> e.path("target").asText().contains(":" + proxy.port() + "/")
                            && e.path("verdict").asText().equals("deny"));
            assertThat(refused.path("rules").toString()).contains("tls");

            // The proof that the proxy would have seen it.
            try (Connection ungoverned = DriverManager.getConnection(url, postgres.user(), postgres.password())) {
                assertThat(ungoverned.isValid(5)).isTrue();
            }
            assertThat(proxy.hasSeen(postgres.password())).isTrue();
        }
    }

    @Test
    void aConnectionThatSaysNothingSendsItsPasswordInsideTls() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.to(postgres.port())) {
            assertThat(workload.ask("connect", "jdbc:postgresql://localhost:" + proxy.port() + "/postgres"))
                    .containsExactly("row | 1");
            assertThat(proxy.bytesSent()).isPositive();
            assertThat(proxy.hasSeen(postgres.password())).isFalse();
            assertThat(proxy.hasSeen("SELECT 1")).isFalse();
        }
    }

    @Test
    void maskedColumnsAreMaskedThroughEveryGetter() throws Exception {
        assertThat(workload.ask("run", "SELECT id, name, email, card_number FROM gov_customers"))
                .singleElement()
                .asString()
                .startsWith("row | 1 | Ada | ")
                .endsWith("1111")
                .doesNotContain("ada@example.com", "4111");
        List<String> emails = workload.ask("getters", "SELECT email FROM gov_customers");
        assertThat(emails).hasSizeGreaterThan(15).noneMatch(l -> l.contains("ada@") || l.contains("example.com"));
        assertThat(emails.get(0)).startsWith("getString java.lang.String ");
        List<String> cards = workload.ask("getters", "SELECT card_number FROM gov_customers");
        assertThat(cards).noneMatch(l -> l.contains("4111"));
        List<String> balances = workload.ask("getters", "SELECT balance FROM gov_customers");
        assertThat(balances).noneMatch(l -> l.contains("4217"));
        JsonNode read = plane.awaitEvent("the masked read", Plane.event("RESULT", "read", "name, email, card_number"));
        assertThat(read.path("masked").toString()).contains("contact", "card-numbers");
        assertThat(plane.events().toString()).doesNotContain("ada@example.com", "4111111111111111");
    }

    @Test
    void aMaskFollowsTheColumnThroughAliasesAndExpressions() throws Exception {
        String sql = "WITH c AS (SELECT email AS harmless FROM gov_customers)"
                + " SELECT upper(harmless) AS x, 'id ' || harmless FROM c";
        assertThat(workload.ask("run", sql))
                .singleElement()
                .asString()
                .doesNotContainIgnoringCase("ada@")
                .doesNotContainIgnoringCase("example.com");
    }

    @Test
    void aPartIsKeptOfACardAndOfNothingComputedFromIt() throws Exception {
        String sql =
                "SELECT card_number, coalesce(card_number, 'none'), substr(card_number, 1, 4), reverse(card_number)"
                        + " FROM gov_customers";
        assertThat(workload.ask("run", sql))
                .singleElement()
                .asString()
                .isEqualTo("row | ************1111 | ************1111 | *** | ***");
    }

    @Test
    void aRefusedStatementIsRefusedAgainOnTheSameThreadAndConnection() throws Exception {
        List<String> said = workload.ask("twice", "DROP TABLE gov_orders");
        assertThat(said)
                .hasSize(2)
                .allMatch(l -> l.startsWith("failed java.sql.SQLException 42501 ")
                        && l.contains("Schema changes go through the pipeline.")
                        && l.contains("rule no-drop")
                        && l.contains("incident ")
                        && !l.contains("gov_orders"));
        assertThat(count("gov_orders")).isEqualTo("42");
        assertThat(workload.ask("run", "SELECT count(*) FROM gov_orders")).containsExactly("row | 42");
    }

    @Test
    void aRefusalIsRecordedWithRuleSessionAndCallSite() throws Exception {
        String said = workload.ask("run", "DROP TABLE IF EXISTS gov_recorded").get(0);
        JsonNode denied = plane.awaitEvent("the refusal", Plane.event("DECISION", "drop", "gov_recorded"));
        assertThat(denied.path("verdict").asText()).isEqualTo("deny");
        assertThat(denied.path("rules").toString()).isEqualTo("[\"no-drop\"]");
        assertThat(denied.path("callSite").asText()).startsWith("io.example.probe.SqlConsole.execute:");
        assertThat(denied.path("thread").asText()).isEqualTo("main");
        assertThat(said).contains("incident " + denied.path("call").asText());
        String session = denied.path("session").asText();
        assertThat(session).isNotBlank();
        plane.awaitEvent(
                "the opening of the same session",
                e -> e.path("type").asText().equals("OPEN")
                        && e.path("session").asText().equals(session));
    }

    @Test
    void aHeldCallRunsOnceAfterItsApproval() throws Exception {
        table("gov_approved");
        String call = workload.begin("start", "DELETE FROM gov_approved");
        JsonNode ticket = plane.awaitTicket("gov_approved");
        assertThat(count("gov_approved")).isEqualTo("9");
        assertThat(workload.said(call)).isEmpty();
        assertThat(ticket.path("rules").toString()).contains("mass-write");
        assertThat(ticket.path("callSite").asText()).startsWith("io.example.probe.SqlConsole.execute:");
        plane.approve(ticket, "they are expired");
        assertThat(workload.answer(call)).containsExactly("count 9");
        assertThat(count("gov_approved")).isEqualTo("0");

        JsonNode result = plane.awaitEvent("its result", Plane.event("RESULT", "delete", "gov_approved"));
        assertThat(result.path("rows").asLong()).isEqualTo(9);
        JsonNode outcome = plane.awaitEvent("its outcome", Plane.event("OUTCOME", "delete", "gov_approved"));
        assertThat(outcome.path("verdict").asText()).isEqualTo("allow");
        assertThat(outcome.path("persons").toString()).contains("pia");
        assertThat(outcome.path("reason").asText()).contains("they are expired");
        JsonNode hold = plane.awaitEvent("its hold", Plane.event("HOLD", "delete", "gov_approved"));
        assertThat(hold.path("ticket").asText()).isEqualTo(ticket.path("id").asText());
        assertThat(List.of(hold, outcome, result))
                .extracting(e -> e.path("call").asText())
                .containsOnly(hold.path("call").asText());
        assertThat(hold.path("session").asText()).isNotBlank();
    }

    @Test
    void aHeldCallThatIsRefusedNeverRuns() throws Exception {
        table("gov_refused");
        String call = workload.begin("start", "DELETE FROM gov_refused");
        JsonNode ticket = plane.awaitTicket("gov_refused");
        plane.refuse(ticket, "not on a Friday");
        assertThat(workload.answer(call))
                .singleElement()
                .asString()
                .startsWith("failed java.sql.SQLException 42501 ")
                .contains("not on a Friday", "mass-write");
        assertThat(count("gov_refused")).isEqualTo("9");
        JsonNode outcome = plane.awaitEvent("its outcome", Plane.event("OUTCOME", "delete", "gov_refused"));
        assertThat(outcome.path("verdict").asText()).isEqualTo("deny");
        assertThat(outcome.path("persons").toString()).contains("pia");
    }

    @Test
    void aHeldCallThatNobodyDecidesExpires() throws Exception {
        table("gov_brief");
        String call = workload.begin("start", "DELETE FROM gov_brief WHERE id = 1");
        assertThat(workload.answer(call))
                .singleElement()
                .asString()
                .startsWith("failed java.sql.SQLTimeoutException 42501 ")
                .contains("nobody approved", "brief");
        assertThat(count("gov_brief")).isEqualTo("9");
        JsonNode outcome = plane.awaitEvent("its outcome", Plane.event("OUTCOME", "delete", "gov_brief"));
        assertThat(outcome.path("verdict").asText()).isEqualTo("deny");
    }

    @Test
    void whereTheRequesterMustSayWhyACallWithoutAReasonIsRefusedAndNobodyIsAsked() throws Exception {
        table("gov_explained");
        assertThat(workload.ask("run", "DELETE FROM gov_explained WHERE id = 1"))
                .singleElement()
                .asString()
                .startsWith("failed java.sql.SQLException 42501 ")
                .contains("requester-reason", "explained", "sallyport.reason");
        assertThat(count("gov_explained")).isEqualTo("9");
    }

    @Test
    void aCallerThatCannotWaitGetsTheTicketAndAnApprovalAdmitsTheNextEqualCallOnce() throws Exception {
        table("gov_later");
        String sql = "DELETE FROM gov_later WHERE id = 1";
        String first = workload.begin("start", sql);
        JsonNode ticket = plane.awaitTicket("gov_later");
        assertThat(workload.answer(first))
                .singleElement()
                .asString()
                .startsWith("failed java.sql.SQLTransientException 42501 ")
                .contains(ticket.path("id").asText());
        plane.approve(ticket, "go on");
        plane.awaitState(ticket, "approved");
        assertThat(workload.answer(workload.begin("start", sql))).containsExactly("count 1");
        assertThat(workload.answer(workload.begin("start", sql)))
                .singleElement()
                .asString()
                .startsWith("failed java.sql.SQLTransientException 42501 ");
    }

    @Test
    void anInterruptedCallerWithdrawsItsTicket() throws Exception {
        table("gov_interrupted");
        String call = workload.begin("start", "DELETE FROM gov_interrupted");
        JsonNode ticket = plane.awaitTicket("gov_interrupted");
        assertThat(workload.ask("interrupt", call)).isEmpty();
        assertThat(workload.answer(call))
                .singleElement()
                .asString()
                .startsWith("failed java.sql.SQLException 57014 ")
                .contains("withdrawn")
                .endsWith("(interrupted)");
        plane.awaitState(ticket, "withdrawn");
        assertThat(count("gov_interrupted")).isEqualTo("9");
        assertThat(workload.ask("run", "SELECT 1")).containsExactly("row | 1");
    }

    @Test
    void anApproverOfAnotherGroupCannotDecide() throws Exception {
        table("gov_group");
        String call = workload.begin("start", "DELETE FROM gov_group");
        JsonNode ticket = plane.awaitTicket("gov_group");
        var outsider = plane.admin().as(plane.admin().approverToken("otto", "sales"));
        assertThat(outsider.postStatus(
                        "/api/v1/approvals/" + ticket.path("id").asText() + "/approve",
                        io.sallyport.testing.ControlPlaneClient.object().put("reason", "please")))
                .isEqualTo(403);
        plane.refuse(ticket, "enough seen");
        assertThat(workload.answer(call)).singleElement().asString().contains("enough seen");
    }

    @Test
    void theWorkloadIsShownWithItsVerifiedNameAndCoverage() throws Exception {
        assertThat(workload.ask("run", "SELECT 1")).containsExactly("row | 1");
        org.awaitility.Awaitility.await("its coverage")
                .atMost(Duration.ofSeconds(60))
                .until(() -> plane.admin()
                                .get("/api/v1/workloads")
                                .get(0)
                                .at("/coverage/woven")
                                .asInt()
                        > 0);
        JsonNode shown = plane.admin().get("/api/v1/workloads").get(0);
        assertThat(shown.path("name").asText()).isEqualTo("probe");
        assertThat(shown.path("verified").asBoolean()).isTrue();
        JsonNode one = plane.admin().get("/api/v1/workloads/" + shown.path("id").asText());
        assertThat(one.path("components"))
                .anyMatch(c -> c.path("type").asText().equals("org.postgresql.jdbc.PgConnection")
                        && c.path("state").asText().startsWith("WOVEN"));
        assertThat(one.path("tls").toString()).contains("TLSv1.");
    }
}
