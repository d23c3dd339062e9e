package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a page needs before it shows itself, which does not grow with what is stored. How long that takes: {@link FirstPaintFigures}. */
class FirstPaintTest extends BrowserTest {

    private static final int MOST_FILES = 80;
    private static final int MOST_BYTES = 256 * 1024;

    @Test
    void eachPageIsThereBeforeTheApiHasAnsweredAnythingButWhoAsks() throws Exception {
        logIn();
        for (String address : List.of("", "approvals", "events", "sessions", "workloads", "encryption", "audit")) {
            List<Route> held = new ArrayList<>();
            page.navigate("about:blank");
            page.route("**/api/v1/**", route -> {
                if (route.request().url().endsWith("/api/v1/me")) {
                    route.resume();
                } else {
                    held.add(route);
                }
            });
            show(address);
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .isVisible();
            assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();
            // What it asked for and did not get; some ask only once they are there.
            page.waitForCondition(() -> !held.isEmpty());
            page.unroute("**/api/v1/**");
            held.forEach(Route::abort);
        }
    }

    @Test
    void whatIsFetchedForItIsSmallAndComesFromHereAlone() throws Exception {
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "orders-service", "orders-1", Map.of())) {
            agent.report(Sample.allowed(Instant.now(), "SELECT paint FROM carts", List.of()));
            logIn();
            List<Response> answers = new ArrayList<>();
            page.navigate("about:blank");
            page.onResponse(answers::add);
            show("events");
            assertThat(page.getByText("SELECT paint FROM carts").first()).isVisible();
            List<Response> fetched = List.copyOf(answers);
            assertThat(fetched)
                    .extracting(Response::url)
                    .allMatch(url -> url.startsWith(server.address().toString()));
            List<Response> files =
                    fetched.stream().filter(one -> !one.url().contains("/api/")).toList();
            assertThat(files).hasSizeBetween(1, MOST_FILES);
            assertThat(files.stream().mapToLong(file -> file.body().length).sum())
                    .isBetween(1L, (long) MOST_BYTES);
            // Once for the page, and once more where the live stream has begun meanwhile.
            assertThat(fetched.stream().map(Response::url).filter(url -> url.contains("/api/v1/events")))
                    .as("how much it reads of what is stored")
                    .isNotEmpty()
                    .allMatch(url -> url.matches(".*[?&]limit=\\d{1,3}(&.*)?"));
        }
    }
}
