package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.sallyport.core.record.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventsInBrowserTest extends BrowserTest {

    @Test
    void eventsComeInLiveAndTheFilterHoldsForThemToo() throws Exception {
        logIn();
        show("events");
        assertThat(heading("Events")).isVisible();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "billing", "billing-1", Map.of())) {
            agent.report(Sample.allowed(Instant.now(), "SELECT total FROM invoices", List.of("contact")));
            assertThat(rows().first()).containsText("SELECT total FROM invoices");
            assertThat(rows().first()).containsText("contact");

            page.getByLabel("Verdict").selectOption("deny");
            assertThat(page.getByText("No event matches")).isVisible();
            agent.report(
                    Sample.refused(Instant.now(), "DROP TABLE invoices", "no-drop"),
                    Sample.allowed(Instant.now(), "SELECT 1", List.of()));
            assertThat(rows()).hasCount(1);
            assertThat(rows()).containsText("DROP TABLE invoices");
            assertThat(rows()).containsText("refused");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Clear filter"))
                    .click();
            page.getByLabel("Text in statement, call site or target").fill("INVOICES");
            assertThat(rows()).hasCount(2);
            assertThat(page).hasURL(Pattern.compile("q=INVOICES"));
            page.reload();
            assertThat(rows()).hasCount(2);
        }
    }

    @Test
    void firstSeenTodayLeavesOnlyTheFirstCallOfEachStatement() throws Exception {
        logIn();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "novel", "novel-1", Map.of())) {
            agent.report(
                    Sample.allowed(Instant.now(), "SELECT 1 FROM novelties", List.of()),
                    Sample.allowed(Instant.now(), "SELECT 1 FROM novelties", List.of()),
                    Sample.allowed(Instant.now(), "SELECT 2 FROM novelties", List.of()));
            show("events?q=novelties");
            assertThat(rows()).hasCount(3);
            page.getByLabel("First seen today").check();
            assertThat(rows()).hasCount(2);
            page.getByLabel("First seen today").uncheck();
            assertThat(rows()).hasCount(3);
        }
    }

    @Test
    void olderEventsAreLoadedOnDemandAndAnEventHasAnAddressOfItsOwn() throws Exception {
        logIn();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "archive", "archive-1", Map.of())) {
            show("events");
            assertThat(heading("Events")).isVisible();
            agent.report(IntStream.range(0, 130)
                    .mapToObj(i -> Sample.allowed(Instant.now(), "SELECT " + i + " FROM ledger", List.of()))
                    .toArray(Event[]::new));
            // What the live feed still had to tell would be added to the stored ones.
            assertThat(rows().first()).containsText("SELECT 129 FROM ledger");
            show("events?workload=" + agent.workloadId());
            assertThat(rows()).hasCount(100);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Load older events"))
                    .click();
            assertThat(rows()).hasCount(130);

            Locator last = rows().last();
            assertThat(last).containsText("SELECT 0 FROM ledger");
            String id = last.getAttribute("data-id");
            show("overview");
            show("events/" + id);
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("SELECT 0 FROM ledger");
            page.keyboard().press("Escape");
            assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        }
    }

    @Test
    void aPageIsPaintedBeforeItsQueriesAreAnsweredHoweverManyEventsTheyRead() {
        logIn();
        List<Route> held = new ArrayList<>();
        page.route(Pattern.compile("/api/v1/(overview|events|workloads|approvals|policy|sessions)"), held::add);
        Map.of("overview", "Overview", "events", "Events", "workloads", "Workloads", "approvals", "Approvals")
                .forEach((address, title) -> {
                    page.navigate("about:blank");
                    int before = held.size();
                    show(address);
                    assertThat(heading(title)).isVisible();
                    page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length === 1");
                    page.waitForCondition(() -> held.size() > before);
                });
    }

    private Locator rows() {
        return page.locator(".log .event");
    }
}
