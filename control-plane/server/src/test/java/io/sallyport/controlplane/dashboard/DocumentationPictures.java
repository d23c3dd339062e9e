package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.testing.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the documentation from the real dashboard:
 * {@code mvn -pl control-plane/server -am test -Dtest=DocumentationPictures -Dsurefire.failIfNoSpecifiedTests=false
 * -Dsallyport.pictures=$PWD/docs/images}.
 */
@EnabledIfSystemProperty(named = "sallyport.pictures", matches = ".+")
class DocumentationPictures {

    private static final int LARGEST = 300 * 1024;
    private static final String PASSWORD = "correct horse battery staple";
    private static final int MINUTES = 58;

    @Test
    void pictures(@TempDir Path data) throws Exception {
        Path chromium = Chromium.require();
        Path folder = Files.createDirectories(Path.of(System.getProperty("sallyport.pictures")));
        Path policy = data.resolve("shop.yaml");
        Files.write(
                policy,
                DocumentationPictures.class.getResourceAsStream("shop.yaml").readAllBytes());
        HurriedClock clock = new HurriedClock(Duration.ofMinutes(MINUTES));
        try (RunningControlPlane server = RunningControlPlane.start(data.resolve("data"), policy, clock);
                Shop shop = new Shop();
                Playwright playwright = Playwright.create()) {
            String orders = stage(server, shop, clock);
            Browser browser = Chromium.launch(playwright, chromium);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                String suffix = scheme == ColorScheme.DARK ? "-dark.png" : ".png";
                try (BrowserContext profile = browser.newContext(new Browser.NewContextOptions()
                        .setIgnoreHTTPSErrors(true)
                        .setViewportSize(1200, 760)
                        .setDeviceScaleFactor(1.5)
                        .setColorScheme(scheme))) {
                    Page page = profile.newPage();
                    logIn(page, server);
                    take(page, server, "approvals", ".approval", folder.resolve("dashboard-approvals" + suffix));
                    take(page, server, "events", ".event", folder.resolve("dashboard-events" + suffix));
                    take(page, server, "overview", ".fleet .row", folder.resolve("dashboard-overview" + suffix));
                    if (scheme == ColorScheme.LIGHT) {
                        take(page, server, "policy", ".yaml", folder.resolve("dashboard-policy.png"));
                        take(
                                page,
                                server,
                                "workloads/" + orders,
                                ".row.component",
                                folder.resolve("dashboard-workload.png"));
                        take(
                                page,
                                server,
                                "encryption?show=all",
                                ".connection",
                                folder.resolve("dashboard-encryption.png"));
                        take(page, server, "sessions", ".call-session", folder.resolve("dashboard-sessions.png"));
                        String session = page.locator(".call-session").first().getAttribute("data-id");
                        take(
                                page,
                                server,
                                "sessions/" + session,
                                ".timeline > li",
                                folder.resolve("dashboard-session.png"));
                    }
                }
            }
        }
    }

    /** Lets an hour pass and ends with two calls that wait. */
    private static String stage(RunningControlPlane server, Shop shop, HurriedClock clock) throws Exception {
        server.post(
                "/api/v1/users",
                Map.of(
                        "name",
                        "maria.keller",
                        "password",
                        PASSWORD,
                        "roles",
                        List.of("admin"),
                        "groups",
                        List.of("dba", "oncall")));
        server.post(
                "/api/v1/users",
                Map.of(
                        "name",
                        "jonas.brandt",
                        "password",
                        PASSWORD,
                        "roles",
                        List.of("approver"),
                        "groups",
                        List.of("dba")));
        String jonas = server.post(
                        "/api/v1/tokens",
                        Map.of(
                                "name",
                                "jonas.brandt",
                                "roles",
                                List.of("approver"),
                                "groups",
                                List.of("dba"),
                                "ttlMinutes",
                                120))
                .get("token")
                .asText();
        ScriptedAgent orders = shop.join(server, "orders-service", "orders-7d9f4-x2x1", 1, List.of());
        shop.join(server, "billing-worker", "billing-55c8-0", 1, List.of());
        ScriptedAgent reports = shop.join(
                server,
                "reports-nightly",
                "batch-01",
                1,
                List.of(new AgentMessage.Component(
                        "jdbc",
                        "com.acme.legacy.RawDriver",
                        "REFUSED",
                        "the driver is not known to be safe to weave")));

        for (int minute = 0; minute < MINUTES - 1; minute++) {
            clock.behind(Duration.ofMinutes(MINUTES - minute));
            Instant at = clock.instant();
            shop.minute(minute, at);
            if (minute == 14 || minute == 39) {
                String ticket = "t-" + minute;
                shop.held(orders, at, ticket, "DELETE FROM carts");
                orders.ask(ticket(ticket, at, "DELETE FROM carts", 1, Duration.ofMinutes(10)));
                server.awaitTicket(ticket);
                String outcome = minute == 14 ? "approve" : "refuse";
                String reason = minute == 14 ? "CHG-4398, agreed with the shop team" : "Use the archive job instead";
                server.postAs(jonas, "/api/v1/approvals/" + ticket + "/" + outcome, Map.of("reason", reason));
                shop.outcome(
                        orders,
                        at,
                        ticket,
                        "DELETE FROM carts",
                        minute == 14 ? "allow" : "deny",
                        "jonas.brandt",
                        reason);
            }
        }
        clock.behind(Duration.ZERO);
        shop.now();
        Instant asked = Instant.now();
        shop.held(orders, asked, "t-mass", "DELETE FROM order_items");
        orders.ask(ticket("t-mass", asked, "DELETE FROM order_items", 3, Duration.ofMinutes(10)));
        server.awaitTicket("t-mass");
        reports.ask(Ticket.builder("t-namespace", "b-2", asked)
                .target("https://kubernetes.default.svc/api/v1")
                .summary("DELETE /api/v1/namespaces/staging-eu")
                .detail("DELETE /api/v1/namespaces/staging-eu")
                .callSite("com.acme.reports.ClusterJanitor.sweep:64")
                .entryPoint("com.acme.orders.Nightly.run:31")
                .thread("janitor-1")
                .expires(asked.plus(Duration.ofMinutes(2)))
                .rules(List.of("no-cluster-delete"))
                .build());
        server.postAs(
                jonas, "/api/v1/approvals/t-mass/approve", Map.of("reason", "CHG-4411, agreed with the shop team"));
        orders.send(new AgentMessage.Heartbeat(Instant.now(), 3));
        reports.send(new AgentMessage.Heartbeat(Instant.now(), 1));
        return orders.workloadId();
    }

    private static Ticket ticket(String id, Instant at, String detail, int callers, Duration timeout) {
        return Ticket.builder(id, "b-" + id, at)
                .target(Sample.ORDERS)
                .summary("delete")
                .detail(detail)
                .callSite("com.acme.orders.Cleanup.purgeStale:118")
                .entryPoint("com.acme.orders.Nightly.run:31")
                .thread("http-nio-8080-exec-7")
                .callers(callers)
                .openTransaction(true)
                .expires(at.plus(timeout))
                .rules(List.of("mass-write"))
                .anyOf(List.of("dba", "oncall"))
                .required(id.equals("t-mass") ? 2 : 1)
                .reasonRequired(true)
                .message("A write that reaches every row needs two people.")
                .build();
    }

    private static void logIn(Page page, RunningControlPlane server) {
        page.navigate(server.address() + "/");
        page.getByLabel("User").fill("maria.keller");
        page.getByLabel("Password").fill(PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    private static void take(Page page, RunningControlPlane server, String address, String part, Path file)
            throws Exception {
        page.navigate(server.address() + "/#/" + address);
        assertThat(page.locator(part).first()).isVisible();
        page.mouse().move(600, 755);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        assertTrue(Files.size(file) < LARGEST, file + " has " + Files.size(file) + " bytes");
    }
}
