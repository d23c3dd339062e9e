package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.EventBundle;
import io.sallyport.protocol.ServerMessage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
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
            // The server has the sessions of the other tests, too.
            show("sessions?workload=ledger");
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

    @Test
    void aReaderOfASessionJumpsToWhatFailedFromBothSides() throws Exception {
        logIn();
        Instant start = Instant.now().minusSeconds(10);
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "fails", "fails-1", Map.of())) {
            agent.report(
                    in("jdbc-fails", Sample.allowed(start, "SELECT 1 FROM ledger", List.of())),
                    in("jdbc-fails", failed(start.plusMillis(200), "SELECT 2 FROM ledgr", "SQLException 42P01")),
                    in("jdbc-fails", Sample.allowed(start.plusMillis(400), "SELECT 3 FROM ledger", List.of())));
            show("sessions?q=jdbc-fails");
            assertThat(rows()).containsText("1 errors");
            rows().click();
            assertThat(entries()).hasCount(3);

            button("Previous verdict").click();
            assertThat(entries()).hasCount(2);
            assertThat(entries().last()).containsText("42P01");

            page.getByLabel("Position").press("Home");
            assertThat(entries()).hasCount(0);
            button("Next verdict").click();
            assertThat(entries()).hasCount(2);
            assertThat(entries().last()).containsText("42P01");
        }
    }

    private static Event failed(Instant at, String detail, String error) {
        return Sample.event(
                at, Event.Type.ERROR, Sample.ORDERS, "select", detail, null, List.of(), List.of(), -1, error);
    }

    @Test
    void whatComesInWhileASessionIsBeingReadIsShownWithoutAnythingFurtherComingIn() throws Exception {
        logIn();
        Instant start = Instant.now().minusSeconds(10);
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "grows", "grows-1", Map.of())) {
            agent.report(in("jdbc-grows", Sample.allowed(start, "SELECT 1 FROM growing", List.of())));
            show("sessions?q=jdbc-grows");
            assertThat(rows()).hasCount(1);
            // The first answer is made, and waits on its way until the page has heard of the next event.
            List<Route> underWay = new CopyOnWriteArrayList<>();
            page.route("**/api/v1/sessions/*/events?**", underWay::add, new Page.RouteOptions().setTimes(1));
            rows().click();
            page.waitForCondition(() -> !underWay.isEmpty());
            APIResponse early = underWay.get(0).fetch();
            agent.report(in("jdbc-grows", Sample.allowed(start.plusMillis(5), "SELECT 2 FROM growing", List.of())));
            assertThat(page.locator(".facts")).containsText(Pattern.compile("Calls\\s*2"));
            underWay.get(0).fulfill(new Route.FulfillOptions().setResponse(early));
            assertThat(entries()).hasCount(2);
        }
    }

    @Test
    void aSessionWhoseBeginningIsDeletedMeanwhileIsReadAnewAndSaysSo() throws Exception {
        logIn();
        Instant start = Instant.now().minusSeconds(10);
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "old", "old-1", Map.of())) {
            agent.report(
                    in("jdbc-old", Sample.allowed(start, "SELECT 1 FROM old", List.of())),
                    in("jdbc-old", Sample.allowed(start.plusMillis(500), "SELECT 2 FROM old", List.of())));
            show("sessions?q=jdbc-old");
            rows().click();
            assertThat(entries()).hasCount(2);
            assertThat(page.getByRole(AriaRole.NOTE)).hasCount(0);
            // From now on the server answers as one whose retention took the first two.
            page.route("**/api/v1/sessions/*/events?**", route -> {
                if (route.request().url().contains("after=0")) {
                    String newest = route.fetch().text().replaceFirst("(?s)\\{\"id\":\\d.*(\\{\"id\":\\d)", "$1");
                    route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody(newest));
                } else {
                    route.fulfill(new Route.FulfillOptions()
                            .setStatus(410)
                            .setContentType("application/json")
                            .setBody("{\"error\":\"deleted\",\"details\":[]}"));
                }
            });
            agent.report(in("jdbc-old", Sample.allowed(start.plusMillis(900), "SELECT 3 FROM old", List.of())));
            assertThat(entries()).hasCount(1);
            assertThat(entries()).containsText("SELECT 3 FROM old");
            assertThat(page.getByRole(AriaRole.NOTE)).containsText("no longer stored");
        }
    }

    @Test
    void aSessionIsTakenAwayAsAFileInEachFormat() throws Exception {
        logIn();
        Instant start = Instant.now().minusSeconds(10);
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "files", "files-1", Map.of())) {
            agent.report(
                    in("jdbc-files", Sample.allowed(start, "SELECT 1 FROM files", List.of())),
                    in("jdbc-files", Sample.refused(start.plusMillis(5), "DROP TABLE files", "no-drop")));
            show("sessions?q=jdbc-files");
            rows().click();
            assertThat(entries()).hasCount(2);
            assertThat(downloaded("JSON Lines", ".jsonl").lines()).hasSize(2).allMatch(line -> line.contains("files"));
            assertThat(downloaded("CSV", ".csv").lines()).hasSize(3);
            EventBundle.Result bundle =
                    EventBundle.verify(new StringReader(downloaded("Signed bundle", ".bundle.jsonl")));
            assertThat(bundle.problem()).isNull();
            assertThat(bundle.events()).isEqualTo(2);
        }
    }

    private String downloaded(String link, String extension) throws IOException {
        Download download = page.waitForDownload(() ->
                page.getByText(link, new Page.GetByTextOptions().setExact(true)).click());
        assertThat(download.suggestedFilename()).endsWith(extension);
        return Files.readString(download.path());
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
