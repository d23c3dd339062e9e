package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything a workload says is hostile; none of it may become markup on any page. */
class HostileDataTest extends BrowserTest {

    private static final String IMAGE = "<img src=x onerror=\"window.pwned=1\">";
    private static final String SCRIPT = "\"><script>window.pwned=1</script>";
    private static final String VECTOR = "'><svg onload=window.pwned=1>";
    private static final String LINK = "javascript:window.pwned=1";

    @Test
    void markupFromAWorkloadStaysTextOnEveryPage() throws Exception {
        logIn();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "hostile", IMAGE, Map.of("team", IMAGE))) {
            agent.send(new AgentMessage.CoverageReport(
                    "enforce", List.of(new AgentMessage.Component(SCRIPT, IMAGE, "REFUSED", VECTOR))));
            show("events");
            agent.report(hostileEvent());
            Locator row = page.locator(".log .event").first();
            assertThat(row).containsText(IMAGE);
            row.click();
            Locator detail = page.getByRole(com.microsoft.playwright.options.AriaRole.DIALOG);
            assertThat(detail).containsText("Called from");
            assertThat(detail).containsText(IMAGE);
            assertThat(detail).containsText(SCRIPT);
            assertThat(detail).containsText(VECTOR);
            assertHarmless();

            Instant now = Instant.now();
            agent.ask(Ticket.builder("t-hostile", "b", now)
                    .target(LINK)
                    .summary(IMAGE)
                    .detail(IMAGE + SCRIPT)
                    .callSite(VECTOR)
                    .entryPoint(SCRIPT)
                    .thread(VECTOR)
                    .expires(now.plus(Duration.ofMinutes(5)))
                    .rules(List.of(IMAGE))
                    .message(SCRIPT)
                    .build());
            show("approvals");
            assertThat(card("t-hostile")).containsText(IMAGE);
            assertThat(card("t-hostile")).containsText(VECTOR);
            assertHarmless();

            for (String address : List.of("overview", "workloads", "workloads/" + agent.workloadId())) {
                show(address);
                assertThat(page.locator("main")).containsText(IMAGE);
                assertHarmless();
            }
            agent.send(new AgentMessage.ApprovalWithdrawn("t-hostile", IMAGE));
        }
    }

    @Test
    void thePageRefusesForeignAndInlineScripts() {
        Response answer = page.navigate(server.address() + "/");
        String policy = answer.headerValue("content-security-policy");
        assertEquals(
                true, policy != null && policy.contains("default-src 'self'"), "Content-Security-Policy: " + policy);
        assertEquals(false, policy.contains("unsafe"), "Content-Security-Policy: " + policy);
    }

    private static Event hostileEvent() {
        return Event.builder(Instant.now(), Event.Type.DECISION)
                .session(SCRIPT)
                .call(VECTOR)
                .target(LINK)
                .summary(IMAGE)
                .detail(IMAGE + " in the statement")
                .verdict("deny")
                .rules(List.of(IMAGE, "__proto__"))
                .wouldHave(IMAGE)
                .rows(3)
                .masked(List.of(SCRIPT))
                .callSite(IMAGE)
                .thread(SCRIPT)
                .persons(List.of(IMAGE))
                .reason(VECTOR)
                .micros(12)
                .tls(IMAGE)
                .build();
    }

    private void assertHarmless() {
        assertEquals(true, page.evaluate("window.pwned === undefined"), "a script of the workload ran");
        assertEquals(
                0,
                page.evaluate(
                        "document.querySelectorAll('main img, main script, main [onerror], main [onload], a[href^=\"javascript\"]').length"),
                "markup of the workload became part of the page");
    }
}
