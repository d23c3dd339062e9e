package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.sallyport.protocol.AgentMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayoutInBrowserTest extends BrowserTest {

    private static final String LONG =
            "com.acme." + "averylongpackagename.".repeat(12) + "Repository.findEverything:4711";

    @Test
    void noPageScrollsSidewaysOnAPhone() throws Exception {
        use(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setIsMobile(true)
                .setHasTouch(true));
        logIn();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "orders-service", "orders-1", Map.of("owner", LONG))) {
            agent.send(new AgentMessage.CoverageReport(
                    "enforce", List.of(new AgentMessage.Component("jdbc", LONG, "REFUSED", LONG))));
            agent.report(Sample.refused(Instant.now(), "DROP TABLE " + LONG, LONG));
            agent.ask(Sample.ticket("t-wide", "DELETE FROM " + LONG, List.of(), 1, true, 2, Duration.ofMinutes(10)));
            for (String address : List.of(
                    "overview",
                    "approvals",
                    "events",
                    "sessions",
                    "encryption?show=all",
                    "workloads",
                    "workloads/" + agent.workloadId(),
                    "policy",
                    "settings",
                    "audit",
                    "tokens",
                    "more")) {
                show(address);
                assertThat(page.locator("h1")).isVisible();
                if (address.equals("approvals")) {
                    assertThat(card("t-wide")).isVisible();
                }
                assertEquals(360, page.evaluate("document.documentElement.scrollWidth"), "width of " + address);
            }
            show("sessions");
            page.locator(".call-session").first().click();
            assertThat(page.locator(".timeline > li").first()).isVisible();
            assertEquals(360, page.evaluate("document.documentElement.scrollWidth"), "width of a session");
            agent.send(new AgentMessage.ApprovalWithdrawn("t-wide", "end of test"));
        }
    }

    @Test
    void onAPhoneWhatSomebodyHoldsHasTheWholeLine() {
        use(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setIsMobile(true)
                .setHasTouch(true));
        logIn();
        show("settings");
        Locator row = page.locator(".row.holder").first();
        assertThat(row).isVisible();
        assertEquals(row.boundingBox().width, row.locator(".what").boundingBox().width, 1);
    }

    @Test
    void atEveryWidthABoxStandsBesideItsWords() {
        for (int width : List.of(360, 1280)) {
            use(new Browser.NewContextOptions().setViewportSize(width, 740));
            logIn();
            show("events");
            Locator label = page.locator("label.check").first();
            assertThat(label).isVisible();
            BoundingBox box = label.locator("input").boundingBox();
            assertTrue(box.width <= 24, "width of the box: " + box.width);
            double gap = label.locator("span").boundingBox().x - box.x - box.width;
            assertTrue(gap >= 0 && gap <= 16, "between the box and its words: " + gap);
        }
    }

    @Test
    void lightAndDarkFollowTheSystemAndStayReadable() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            use(new Browser.NewContextOptions().setViewportSize(1280, 860).setColorScheme(scheme));
            logIn();
            show("policy");
            assertThat(heading("Policy")).isVisible();
            double ground = brightness("document.body", "backgroundColor");
            double ink = brightness("document.querySelector('h1')", "color");
            assertEquals(scheme == ColorScheme.LIGHT, ground > 0.5, "brightness of the ground in " + scheme);
            double contrast = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
            assertTrue(contrast > 7, "contrast of headings in " + scheme + ": " + contrast);
            assertTrue(page.screenshot().length > 10_000);
        }
    }

    @Test
    void everyPageHasOneHeadingAndTheLandmarksThatAReaderJumpsTo() {
        logIn();
        for (String address : List.of("overview", "approvals", "events", "workloads", "policy", "settings", "audit")) {
            show(address);
            assertThat(page.locator("h1")).hasCount(1);
            assertThat(page.locator("main")).hasCount(1);
            assertThat(page.locator("nav[aria-label=Main] a[aria-current=page]"))
                    .hasCount(1);
            Object nameless = page.evaluate(
                    "[...document.querySelectorAll('button, a, input, select, textarea')].filter(e => !e.closest('details:not([open])')"
                            + " && !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map(e => e.outerHTML)");
            assertEquals(List.of(), nameless, "controls without a name on " + address);
        }
    }

    /** Relative luminance (WCAG 2.2) of a colour of an element. */
    private double brightness(String element, String property) {
        Object value = page.evaluate("(() => { const [r, g, b] = getComputedStyle(" + element + ")." + property
                + ".match(/[\\d.]+/g).map(c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4 });"
                + " return .2126 * r + .7152 * g + .0722 * b })()");
        return ((Number) value).doubleValue();
    }
}
