package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartInBrowserTest extends BrowserTest {

    @Test
    void anOpenPageFindsBackToARestartedControlPlaneAndMissesNothing() throws Exception {
        logIn();
        show("approvals");
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "orders-service", "orders-1", Map.of())) {
            agent.ask(Sample.ticket("t-before"));
            assertThat(card("t-before")).isVisible();
        }
        page.evaluate("window.sameDocument = true");

        server.restart();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "billing-worker", "billing-1", Map.of())) {
            agent.ask(Sample.ticket("t-after"));
            assertThat(card("t-after")).isVisible();
            assertThat(card("t-before")).isVisible();
            assertEquals(true, page.evaluate("window.sameDocument"), "the page was not reloaded");
            button(card("t-after"), "Approve").click();
            assertEquals("approved", agent.awaitDecision("t-after").outcome());
        }
    }
}
