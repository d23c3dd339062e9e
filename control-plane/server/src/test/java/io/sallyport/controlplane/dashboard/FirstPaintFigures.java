package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.sallyport.controlplane.store.Database;
import io.sallyport.testing.Chromium;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how soon pages are painted with 100,000 events stored, for docs/control-plane.md; what has to hold whatever the machine is in
 * {@link FirstPaintTest}: {@code mvn -pl control-plane/server -am test -Dtest=FirstPaintFigures -Dsurefire.failIfNoSpecifiedTests=false
 * -Dsallyport.firstPaint=true}.
 */
@EnabledIfSystemProperty(named = "sallyport.firstPaint", matches = "true")
class FirstPaintFigures {

    private static final int EVENTS = 100_000;

    @Test
    void ofEachPage(@TempDir Path data) throws Exception {
        Path chromium = Chromium.require();
        fill(data);
        try (RunningControlPlane server = RunningControlPlane.start(data, null, Clock.systemUTC());
                Playwright playwright = Playwright.create();
                Browser browser = Chromium.launch(playwright, chromium);
                BrowserContext profile =
                        browser.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
            Page page = profile.newPage();
            page.navigate(server.address() + "/#/");
            page.getByLabel("User").fill("admin");
            page.getByLabel("Password").fill(server.adminPassword());
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                    .click();
            assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();
            for (String address : List.of("", "events", "workloads", "approvals")) {
                page.navigate("about:blank");
                long asked = System.nanoTime();
                page.navigate(server.address() + "/#/" + address);
                assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                        .isVisible();
                long shown = (System.nanoTime() - asked) / 1_000_000;
                System.out.println("page '" + address + "': first contentful paint after "
                        + Math.round(
                                (Double)
                                        page.evaluate(
                                                "() => performance.getEntriesByName('first-contentful-paint')[0].startTime * 1.0000001"))
                        + " ms, its heading after " + shown + " ms");
            }
            page.navigate(server.address() + "/#/events");
            assertThat(page.getByText("SELECT id FROM payments_7 ").first()).isVisible();
        }
    }

    private static void fill(Path data) {
        Instant now = Instant.now();
        try (Database database = Database.open(data, null)) {
            database.run(tx -> {
                tx.update(
                                "insert into workload (id, name, instance, verified, labels, declared, member_of, credential_hash,"
                                        + " join_token, enrolled_at, host, pid, java, agent_version, last_seen, policy_version, waiting, components)"
                                        + " values ('w', 'orders', 'i', true, '{}', '{}', '[]', '-', '-', :now, 'h', 1, '17', '1', :now, 0, 0, '[]')")
                        .bind("now", now)
                        .execute();
                tx.update("insert into tally_total (workload_id, allowed, denied, held, masked, alarms) values ('w', "
                                + EVENTS + ", 0, 0, 0, 0)")
                        .execute();
                tx.update(
                                "insert into event (workload_id, spool, sequence, received_at, kind, verdict, target, session, body)"
                                        + " select 'w', 's', x, :now, 'DECISION', 'allow', 'jdbc:postgresql://db/orders', 's', '{\"at\":\""
                                        + now
                                        + "\",\"type\":\"DECISION\",\"session\":\"s\",\"call\":\"c-' || x || '\",\"target\":\"jdbc:postgresql://db/orders\","
                                        + "\"summary\":\"select\",\"detail\":\"SELECT id FROM payments_' || mod(x, 10) || ' WHERE customer = ?\","
                                        + "\"verdict\":\"allow\",\"rules\":[],\"rows\":1,\"masked\":[],\"thread\":\"t\",\"persons\":[],\"micros\":420}'"
                                        + " from system_range(1, " + EVENTS + ")")
                        .bind("now", now)
                        .execute();
            });
        }
    }
}
