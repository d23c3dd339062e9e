package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.sallyport.core.hold.ApproverHours;
import io.sallyport.core.hold.Requester;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.time.WeekWindow;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovalsInBrowserTest extends BrowserTest {

    private ScriptedAgent agent;

    @BeforeEach
    void connect() throws Exception {
        agent = ScriptedAgent.connect(server, "orders-service", "orders-1", Map.of("env", "test"));
        logIn();
    }

    @AfterEach
    void disconnect() {
        agent.close();
    }

    @Test
    void aRequestShowsUpByItselfAndItsApprovalArrivesAtTheWorkload() throws Exception {
        show("approvals");
        assertThat(page.getByText("Nothing waits for a decision")).isVisible();

        agent.ask(Sample.ticket("t-approve").toBuilder()
                .requester(new Requester("ann", "(4711, 'late')", "OPS-4711"))
                .build());
        Locator card = card("t-approve");
        assertThat(card).containsText("ann");
        assertThat(card).containsText("(4711, 'late')");
        assertThat(card).containsText("OPS-4711");
        assertThat(card).containsText("DELETE FROM order_items");
        assertThat(card).containsText("orders-service");
        assertThat(card).containsText("com.acme.orders.Cleanup.purgeStale:118");
        assertThat(card).containsText("1 caller is parked");
        assertThat(card).containsText("transaction is open");
        assertThat(page).hasTitle(Pattern.compile("^\\(1\\) Approvals"));

        button(card, "Approve").click();
        ServerMessage.ApprovalDecision decision = agent.awaitDecision("t-approve");
        assertEquals("t-approve", decision.ticket());
        assertEquals("approved", decision.outcome());
        assertEquals(List.of("admin"), decision.by());
        assertFalse(decision.unmask());
        assertThat(card).containsText("admin approved");
        assertThat(page).hasTitle(Pattern.compile("^Approvals"));
    }

    @Test
    void aRequestOfAWorkloadThatNamedItselfSaysSo() throws Exception {
        show("approvals");
        agent.ask(Sample.ticket("t-verified"));
        assertThat(card("t-verified")).containsText("orders-service");
        assertThat(card("t-verified")).not().containsText("not verified");
        button(card("t-verified"), "Refuse").click();
        assertThat(card("t-verified")).containsText("admin refused");
        try (ScriptedAgent other = ScriptedAgent.unverified(server, "payments", "prod-7")) {
            other.ask(Sample.ticket("t-unverified"));
            assertThat(card("t-unverified")).containsText("not verified");
            button(card("t-unverified"), "Refuse").click();
            assertThat(card("t-unverified")).containsText("admin refused");
        }
    }

    @Test
    void aPageInTheBackgroundNotifiesOfANewRequestAndKeepsItsStatementOffTheLockScreen() throws Exception {
        // The browser's own notifications cannot be read from here; what the page asks it to show can.
        page.addInitScript("""
                Object.defineProperty(document, 'hidden', { get: () => true });
                window.shown = [];
                window.Notification = class {
                  static permission = 'granted';
                  constructor(title, options) { window.shown.push(`${title}: ${options.body}`); }
                };
                """);
        page.reload();
        show("approvals");
        // With a first request on it the page is up to date, whatever waits there already.
        agent.ask(Sample.ticket("t-before"));
        assertThat(card("t-before")).isVisible();
        int before = (int) page.evaluate("() => window.shown.length");
        agent.ask(Sample.ticket("t-notify"));
        assertThat(card("t-notify")).isVisible();
        assertEquals(before + 1, page.evaluate("() => window.shown.length"));
        String shown = (String) page.evaluate("() => window.shown[window.shown.length - 1]");
        assertTrue(shown.startsWith("Approval wanted: orders-service: "), shown);
        assertFalse(shown.contains("order_items"), shown);
        button(card("t-before"), "Refuse").click();
        button(card("t-notify"), "Refuse").click();
    }

    @Test
    void hoursAreShownAndWhenSomebodyMayDecideNext() throws Exception {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        // From two hours hence to three: not now, wherever in the day this runs.
        LocalTime from = now.plusHours(2).truncatedTo(ChronoUnit.MINUTES);
        WeekWindow window = new WeekWindow(EnumSet.allOf(DayOfWeek.class), from, from.plusHours(1), ZoneOffset.UTC);
        ApproverHours hours = new ApproverHours(List.of(new ApproverHours.Span(List.of(), window)));
        agent.ask(Sample.ticket("t-hours").toBuilder().hours(List.of(hours)).build());
        show("approvals");
        assertThat(card("t-hours")).containsText(from + "–" + from.plusHours(1));
        assertThat(card("t-hours")).containsText("Nobody may decide before");
    }

    @Test
    void theGlassIsBrokenOnlyWithAReasonAndTheTicketSaysSo() throws Exception {
        show("approvals");
        agent.ask(Sample.ticket("t-emergency"));
        Locator card = card("t-emergency");
        card.getByText("Emergency").click();
        Locator breaking = button(card, "Break the glass");
        assertThat(breaking).isDisabled();
        card.locator("input[name=emergency]").fill("INC-7");
        breaking.click();
        assertEquals("approved", agent.awaitDecision("t-emergency").outcome());
        assertThat(card).containsText("past the rules");
    }

    @Test
    void aRefusalCarriesItsReasonAndUnmaskingIsAnExplicitChoice() throws Exception {
        show("approvals");
        agent.ask(Sample.ticket("t-refuse"));
        card("t-refuse").getByLabel("Reason").fill("Use the archive job");
        button(card("t-refuse"), "Refuse").click();
        ServerMessage.ApprovalDecision refusal = agent.awaitDecision("t-refuse");
        assertEquals("refused", refusal.outcome());
        assertEquals("Use the archive job", refusal.reason());

        agent.ask(Sample.ticket("t-unmask"));
        card("t-unmask").getByLabel("Also unmask").check();
        button(card("t-unmask"), "Approve and unmask").click();
        ServerMessage.ApprovalDecision approval = agent.awaitDecision("t-unmask");
        assertEquals("t-unmask", approval.ticket());
        assertTrue(approval.unmask());
    }

    @Test
    void anApprovalMayHoldForCallsOfTheSameShape() throws Exception {
        show("approvals");
        agent.ask(Sample.ticket("t-lasting", "DELETE FROM lasting", List.of(), 1, false, 1, Duration.ofMinutes(10)));
        card("t-lasting").getByLabel("Holds for").selectOption("shape");
        button(card("t-lasting"), "Approve").click();
        assertEquals("t-lasting", agent.awaitDecision("t-lasting").ticket());
        agent.ask(Sample.ticket("t-covered", "DELETE FROM lasting", List.of(), 1, false, 1, Duration.ofMinutes(10)));
        ServerMessage.ApprovalDecision covered = agent.awaitDecision("t-covered");
        assertEquals("approved", covered.outcome());
        assertTrue(covered.reason().startsWith("under grant "), covered.reason());
    }

    @Test
    void aRequiredReasonIsAskedForBeforeAnythingIsSent() throws Exception {
        show("approvals");
        agent.ask(Sample.ticket("t-reason", "DELETE FROM carts", List.of(), 1, true, 1, Duration.ofMinutes(10)));
        Locator card = card("t-reason");
        button(card, "Approve").click();
        assertThat(card.getByRole(AriaRole.ALERT)).containsText("wants a reason");
        assertThat(card.getByLabel("Reason")).isFocused();

        card.getByLabel("Reason").fill("CHG-4411");
        button(card, "Approve").click();
        assertEquals("CHG-4411", agent.awaitDecision("t-reason").reason());
    }

    @Test
    void aRequestCanBeApprovedWithTheKeyboardAlone() throws Exception {
        show("approvals");
        agent.ask(Sample.ticket("t-keys"));
        assertThat(card("t-keys")).isVisible();
        String focused = "";
        for (int presses = 0; presses < 60 && !focused.equals("Approve"); presses++) {
            page.keyboard().press("Tab");
            focused = (String)
                    page.evaluate(
                            "document.activeElement.closest('[data-id=\"t-keys\"]') ? document.activeElement.textContent.trim() : ''");
        }
        assertEquals("Approve", focused);
        Object outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
        assertEquals("solid", outline, "the focused button shows where the focus is");

        page.keyboard().press("Enter");
        assertEquals("approved", agent.awaitDecision("t-keys").outcome());
        assertThat(card("t-keys")).containsText("admin approved");
        assertThat(card("t-keys")).isFocused();
    }

    @Test
    void theStateOfTheCallersIsShownAsItChanges() {
        show("approvals");
        agent.ask(Sample.ticket("t-callers"));
        assertThat(card("t-callers")).containsText("1 caller is parked");
        agent.send(new AgentMessage.ApprovalUpdate("t-callers", 3));
        assertThat(card("t-callers")).containsText("3 callers are parked");
        agent.send(new AgentMessage.ApprovalUpdate("t-callers", 0));
        assertThat(card("t-callers")).containsText("No caller waits any more");
        agent.send(new AgentMessage.ApprovalWithdrawn("t-callers", "the caller was interrupted"));
        assertThat(card("t-callers")).containsText("withdrawn");
        assertThat(card("t-callers")).containsText("the caller was interrupted");
        assertThat(button(card("t-callers"), "Approve")).hasCount(0);
    }

    @Test
    void aRequestThatAsksSomebodyOfEachOfItsGroupsSaysOneEachAndWaitsForBoth() throws Exception {
        String dba = server.approver("dora", "dba");
        String security = server.approver("sid", "security");
        Ticket asked = Sample.ticket(
                "t-each", "DELETE FROM ledger", List.of("dba", "security"), 1, false, 1, Duration.ofMinutes(10));
        show("approvals");
        agent.ask(Sample.eachOf(asked));
        Locator card = card("t-each");
        assertThat(card).containsText("2 people, one each of");
        assertThat(card.locator(".facts .name")).hasText(new String[] {"mass-write", "dba", "security"});

        server.postAs(dba, "/api/v1/approvals/t-each/approve", Map.of());
        assertThat(card).containsText("dora approved");
        assertThat(card).containsText("1 of 2 approvals given");
        assertThat(card).containsText("waiting");
        server.postAs(security, "/api/v1/approvals/t-each/approve", Map.of());
        assertEquals(List.of("dora", "sid"), agent.awaitDecision("t-each").by());
        assertThat(card).containsText("sid approved");
    }

    @Test
    void anApprovalByATokenNamesWhoMadeTheToken() throws Exception {
        String token = server.post("/api/v1/tokens", Map.of("name", "night-bot", "roles", List.of("approver")))
                .get("token")
                .asText();
        show("approvals");
        agent.ask(Sample.ticket("t-token"));
        assertThat(card("t-token")).isVisible();
        server.postAs(token, "/api/v1/approvals/t-token/approve", Map.of());
        assertThat(card("t-token").locator(".decisions")).containsText("night-bot by a token that admin made approved");
    }

    @Test
    void whoIsInNoneOfTheGroupsIsToldSoInsteadOfBeingOfferedTheDecision() {
        show("approvals");
        agent.ask(Sample.ticket("t-groups", "DELETE FROM x", List.of("dba"), 1, false, 1, Duration.ofMinutes(10)));
        assertThat(card("t-groups")).containsText("you are in none of them");
        assertThat(button(card("t-groups"), "Approve")).hasCount(0);
        agent.send(new AgentMessage.ApprovalWithdrawn("t-groups", "end of test"));
    }

    @Test
    void aStatementCannotLookLikeAnotherOne() {
        show("approvals");
        agent.ask(Sample.ticket(
                "t-bidi",
                "DELETE FROM a WHERE x = '\u202eREDRO\u202c' \u200b",
                List.of(),
                1,
                false,
                1,
                Duration.ofMinutes(10)));
        Locator code = card("t-bidi").locator("pre");
        assertThat(code).containsText("U+202E");
        assertThat(code).containsText("U+200B");
        assertFalse(code.textContent().contains("\u202e"), "the character itself must not reach the page");
        agent.send(new AgentMessage.ApprovalWithdrawn("t-bidi", "end of test"));
    }
}
