package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sallyport.protocol.ServerMessage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy version that was lost with a store that was restored from an older backup, and that a workload still has. */
class RecoveredPolicyInBrowserTest extends BrowserTest {

    @Test
    void whatAWorkloadStillHasIsShownAsRecoveredAndForNobodyElseUntilItIsPromoted() throws Exception {
        Path backup = server.backUp();
        server.publish("version: 1\nmode: enforce\n# lost\n", 1);
        ServerMessage.PolicyUpdate lost;
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "orders-service", "orders-1", Map.of())) {
            lost = agent.await(ServerMessage.PolicyUpdate.class);
        }
        server.restore(backup);
        logIn();
        show("policy");
        assertThat(page.getByText("Version 1 is in force")).isVisible();
        assertThat(versions()).hasCount(1);

        try (ScriptedAgent other = ScriptedAgent.connect(server, "billing", "billing-1", Map.of())) {
            assertThat(other.await(ServerMessage.PolicyUpdate.class).version()).isEqualTo(1);
            ScriptedAgent.holding(server, "orders-service", "orders-1", lost).close();
            Locator staged = page.locator(".staged");
            assertThat(staged).containsText("Version 2");
            assertThat(staged)
                    .containsText("was lost with the store and is in force where it was; nobody else gets it");
            assertThat(staged).not().containsText("on trial");
            assertThat(versions()).hasCount(2);
            assertThat(versions().first().locator(".name")).hasText("recovered");
            assertThat(page.getByText("Version 1 is in force")).isVisible();

            staged.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Version 2"))
                    .click();
            assertThat(heading("Policy")).isVisible();
            assertThat(page.locator(".y.new").first()).containsText("mode: enforce");
            show("policy");
            button("Promote…").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("It was in force before the store was restored");
            button(dialog, "Promote to the whole fleet").click();
            assertThat(other.await(ServerMessage.PolicyUpdate.class)).isEqualTo(lost);
            assertThat(staged).hasCount(0);
            assertThat(page.getByText("Version 2 is in force")).isVisible();
        }
    }

    private Locator versions() {
        return page.locator(".row.version");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
