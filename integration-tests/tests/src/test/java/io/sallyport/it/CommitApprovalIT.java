package io.sallyport.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.sallyport.testing.Chromium;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A write on PostgreSQL that has run and waits at its commit: who decides is told how many rows it really changed, before anybody else sees it. */
@Tag("build-jdk")
@ExtendWith(Postgres.class)
class CommitApprovalIT {

    private static final String POLICY = """
            version: 1
            mode: enforce
            guard:
              - name: counted
                when: {tables: {write: [commit_items]}}
                then: approve
                approval: {anyOf: [dba], at: commit, wait: 20m, commitWait: 20m, timeout: 30m}
            """;
    private static final String WROTE = "At commit: 7 rows changed by 1 statement (delete 7)";
    private static final double PATIENCE_MILLIS = 60_000;

    @Test
    void theApproverSeesTheTrueNumberOfRowsAndTheirApprovalCommitsThem(TlsPostgres postgres, @TempDir Path directory)
            throws Exception {
        Path chromium = Chromium.require();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        postgres.execute("CREATE TABLE commit_items (id int)", "INSERT INTO commit_items SELECT generate_series(1, 9)");
        try (Plane plane = Plane.start(directory, POLICY);
                Console workload = Console.start(plane.governing(Console.sql(postgres), "spool"));
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = Chromium.launch(playwright, chromium)) {
            String call = workload.begin("commit", "DELETE FROM commit_items WHERE id <= 7");
            JsonNode ticket = plane.awaitTicket("commit_items");
            assertThat(ticket.path("message").asText()).contains(WROTE);
            assertThat(ticket.path("openTransaction").asBoolean()).isTrue();
            workload.jvm().awaitLine(call + " count 7", Plane.LIMIT);
            assertThat(rows(postgres)).as("as others see it").isEqualTo("9");

            Page page = logIn(browser, plane);
            Locator card = page.locator("article[data-id='" + ticket.path("id").asText() + "']");
            assertThat(card).containsText(WROTE);
            assertThat(card).containsText("Its transaction is open");
            card.getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Approve").setExact(true))
                    .click();
            assertThat(workload.answer(call)).containsExactly("count 7");
            assertThat(rows(postgres)).isEqualTo("2");
            assertThat(card).containsText("rosa approved");
        }
    }

    private static String rows(TlsPostgres postgres) throws Exception {
        return postgres.query("SELECT count(*) FROM commit_items");
    }

    private static Page logIn(Browser browser, Plane plane) throws Exception {
        String password = plane.admin().user("rosa", "approver", "dba");
        BrowserContext profile = browser.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
        profile.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = profile.newPage();
        page.navigate(plane.server().url() + "/#/approvals");
        page.getByLabel("User").fill("rosa");
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        return page;
    }
}
