package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrantsInBrowserTest extends BrowserTest {

    @Test
    void anApprovalForAWhileIsListedUntilItIsEnded() throws Exception {
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "billing-service", "billing-1", Map.of())) {
            logIn();
            show("approvals");
            agent.ask(Sample.ticket("t-lasting"));
            Locator card = card("t-lasting");
            card.locator("select[name=lasting]").selectOption("call");
            button(card, "Approve").click();
            agent.awaitDecision("t-lasting");
            Locator grant = page.locator("li.grant");
            assertThat(grant).containsText("used 0 times");
            button(grant, "End it").click();
            assertThat(grant).hasCount(0);
        }
    }
}
