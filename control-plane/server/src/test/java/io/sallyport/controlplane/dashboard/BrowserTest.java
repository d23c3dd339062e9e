package io.sallyport.controlplane.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.sallyport.testing.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One browser for all classes, one server for a class, one browser profile for a test. Whatever a page throws, and whatever its content
 * security policy has to stop, fails the test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserTest {

    static final double PATIENCE_MILLIS = 30_000;

    RunningControlPlane server;
    private static Browser shared;
    Browser browser;
    BrowserContext profile;
    Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        Path chromium = Chromium.require();
        server = RunningControlPlane.start(data);
        browser = shared(chromium);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    /** Ends with this process. */
    private static synchronized Browser shared(Path chromium) {
        if (shared == null || !shared.isConnected()) {
            shared = Chromium.launch(
                    Playwright.create(
                            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))),
                    chromium);
        }
        return shared;
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        use(new Browser.NewContextOptions().setViewportSize(1280, 860));
    }

    @AfterEach
    void noComplaints() {
        profile.close();
        List<String> found = List.copyOf(complaints);
        complaints.clear();
        assertEquals(List.of(), found, "what the page complained about");
    }

    /** Replaces the test's browser profile. */
    void use(Browser.NewContextOptions options) {
        if (profile != null) {
            profile.close();
        }
        profile = browser.newContext(options.setIgnoreHTTPSErrors(true));
        profile.setDefaultTimeout(PATIENCE_MILLIS);
        page = profile.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // A refused request is logged by the browser itself and is no fault of the page.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
    }

    void logIn() {
        logIn("admin", server.adminPassword());
    }

    void logIn(String user, String password) {
        show("");
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();
    }

    /** Opens a page by its address behind {@code #/} without a reload, once the dashboard is there. */
    void show(String address) {
        page.navigate(server.address() + "/#/" + address);
    }

    Locator heading(String title) {
        return page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(title).setLevel(1).setExact(true));
    }

    Locator card(String ticket) {
        return page.locator("article[data-id='" + ticket + "']");
    }

    static Locator button(Locator where, String name) {
        return where.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    static Pattern containing(String text) {
        return Pattern.compile(Pattern.quote(text));
    }
}
