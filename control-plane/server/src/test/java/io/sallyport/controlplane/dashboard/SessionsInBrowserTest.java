package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.ServerMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionsInBrowserTest extends BrowserTest {

    @Test
    void aSessionIsFoundReplayedFollowedAndStopped() throws Exception {
        logIn();
        Instant start = Instant.now();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "ledger", "ledger-1", Map.of())) {
            agent.report(
                    in("jdbc-one", Sample.allowed(start, "SELECT balance FROM accounts", List.of("contact"))),
                    in("jdbc-one", Sample.refused(start.plusMillis(400), "DROP TABLE accounts", "no-drop")),
                    in("jdbc-one", Sample.allowed(start.plusMillis(800), "SELECT 2 FROM accounts", List.of())),
                    in("jdbc-two", Sample.allowed(start, "SELECT 1 FROM elsewhere", List.of())));
            show("sessions");
            assertThat(rows()).hasCount(2);
            page.getByLabel("Text in a statement, target or session").fill("BALANCE");
            assertThat(rows()).hasCount(1);
            assertThat(rows()).containsText("1 refused");
            rows().click();

            assertThat(heading("Session")).isVisible();
            assertThat(entries()).hasCount(3);
            assertThat(entries().first()).containsText("SELECT balance FROM accounts");
            button("Previous verdict").click();
            assertThat(entries()).hasCount(2);
            assertThat(entries().last()).containsText("DROP TABLE accounts");
            button("Previous verdict").click();
            assertThat(entries()).hasCount(2);
            page.getByLabel("Speed").selectOption("64");
            button("Replay").click();
            assertThat(entries()).hasCount(3);
            button("Show all").click();
            page.getByLabel("Search in this session").fill("balance");
            assertThat(entries()).hasCount(1);
            page.getByLabel("Search in this session").fill("");

            agent.report(in("jdbc-one", Sample.allowed(start.plusMillis(900), "SELECT 3 FROM accounts", List.of())));
            assertThat(entries()).hasCount(4);
            assertThat(entries().last()).containsText("SELECT 3 FROM accounts");

            button("Verify").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("5 events in 1 recording: nothing was altered");
            page.keyboard().press("Escape");
            assertThat(dialog).hasCount(0);
            agent.lose(2);
            agent.report(in("jdbc-one", Sample.allowed(start.plusMillis(950), "SELECT 4 FROM accounts", List.of())));
            button("Verify").click();
            assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("something is missing");
            assertThat(dialog).containsText("events 6 to 7 never came");
            page.keyboard().press("Escape");

            button("Stop session").click();
            dialog.getByLabel("Reason").fill("under investigation");
            button(dialog, "Stop session").click();
            assertThat(page.getByText("under investigation")).isVisible();
            assertThat(agent.await(ServerMessage.SessionStopped.class).session())
                    .isEqualTo("jdbc-one");
            assertThat(button("Stop session")).hasCount(0);
        }
    }

    @Test
    void aSessionIsOpenedReplayedSearchedAndStoppedWithTheKeyboardAlone() throws Exception {
        logIn();
        Instant start = Instant.now().minusSeconds(10);
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "keys", "keys-1", Map.of())) {
            agent.report(
                    in("jdbc-keys", Sample.allowed(start, "SELECT balance FROM accounts", List.of())),
                    in("jdbc-keys", Sample.refused(start.plusMillis(400), "DROP TABLE accounts", "no-drop")),
                    in("jdbc-keys", Sample.allowed(start.plusMillis(800), "SELECT 2 FROM accounts", List.of())));
            show("sessions?q=jdbc-keys");
            assertThat(rows()).hasCount(1);
            tabTo(rows());
            page.keyboard().press("Enter");
            assertThat(entries()).hasCount(3);

            tabTo(button("Previous verdict"));
            page.keyboard().press("Enter");
            assertThat(entries()).hasCount(2);
            tabTo(button("Show all"));
            page.keyboard().press("Space");
            assertThat(entries()).hasCount(3);
            tabTo(page.getByLabel("Search in this session"));
            page.keyboard().type("drop");
            assertThat(entries()).hasCount(1);

            tabTo(button("Stop session"));
            page.keyboard().press("Enter");
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).isVisible();
            page.keyboard().press("Escape");
            assertThat(dialog).hasCount(0);
            tabTo(button("Stop session"));
            page.keyboard().press("Enter");
            tabTo(dialog.getByLabel("Reason"));
            page.keyboard().type("looks odd");
            tabTo(button(dialog, "Stop session"));
            page.keyboard().press("Enter");
            assertThat(page.getByText("looks odd")).isVisible();
        }
    }

    /** Walks there, round the page if need be. */
    private void tabTo(Locator target) {
        for (int i = 0; i < 80; i++) {
            if (Boolean.TRUE.equals(target.evaluate("e => e === document.activeElement"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard does not lead to " + target);
    }

    private Locator rows() {
        return page.locator(".call-session");
    }

    private Locator entries() {
        return page.locator(".timeline > li");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Event in(String session, Event e) {
        return Event.builder(e.at(), e.type())
                .session(session)
                .call(e.call())
                .target(e.target())
                .summary(e.summary())
                .detail(e.detail())
                .verdict(e.verdict())
                .rules(e.rules())
                .wouldHave(e.wouldHave())
                .rows(e.rows())
                .masked(e.masked())
                .callSite(e.callSite())
                .thread(e.thread())
                .ticket(e.ticket())
                .persons(e.persons())
                .reason(e.reason())
                .micros(e.micros())
                .tls(e.tls())
                .error(e.error())
                .build();
    }
}
