package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sallyport.protocol.ServerMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyInBrowserTest extends BrowserTest {

    private static final String VALID =
            "version: 1\nmode: enforce\nguard:\n  - name: no-drop\n    when: {kind: [drop]}\n    then: deny\n";

    @Test
    void anErrorIsShownAtItsLineAndAValidChangeReachesTheWorkload() throws Exception {
        logIn();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "orders-service", "orders-1", Map.of())) {
            ServerMessage.PolicyUpdate before = agent.await(ServerMessage.PolicyUpdate.class);
            agent.report(Sample.allowed(java.time.Instant.now(), "DROP TABLE carts", java.util.List.of()));
            show("policy");
            button("Edit").click();
            Locator editor = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Policy text"));
            editor.fill(VALID.replace("when:", "wehn:"));
            assertThat(page.locator(".editor .wrong-line")).hasCount(1);
            assertThat(page.locator(".editor .wrong-line i")).hasText("5");
            assertThat(button("Review changes")).isDisabled();

            editor.fill(VALID);
            assertThat(page.getByText("Valid.")).isVisible();
            button("Try on recorded calls").click();
            assertThat(page.locator("#trial")).containsText("would have refused 1");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("DROP TABLE carts");
            page.keyboard().press("Escape");
            button("Review changes").click();
            Locator review = page.getByRole(AriaRole.DIALOG);
            assertThat(review.locator(".y.new").first()).isVisible();
            review.getByLabel("Why").fill("Nobody drops tables");
            button(review, "Save and roll out").click();
            assertThat(page.getByText("Nobody drops tables").first()).isVisible();

            ServerMessage.PolicyUpdate after = agent.await(ServerMessage.PolicyUpdate.class);
            assertTrue(after.version() > before.version());
            assertTrue(after.yaml().contains("no-drop"));

            show("policy/" + before.version());
            button("Roll back to it…").click();
            button(page.getByRole(AriaRole.DIALOG), "Roll back").click();
            ServerMessage.PolicyUpdate restored = agent.await(ServerMessage.PolicyUpdate.class);
            assertTrue(restored.version() > after.version());
            assertTrue(restored.yaml().equals(before.yaml()));
        }
    }

    @Test
    void aVersionIsTriedAtALabelSeenThereAndPromoted() throws Exception {
        logIn();
        try (ScriptedAgent agent = ScriptedAgent.connect(server, "orders-service", "orders-2", Map.of())) {
            ServerMessage.PolicyUpdate before = agent.await(ServerMessage.PolicyUpdate.class);
            show("policy");
            button("Edit").click();
            page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Policy text"))
                    .fill("version: 1\nmode: enforce\n# tried first\n");
            button("Review changes").click();
            Locator review = page.getByRole(AriaRole.DIALOG);
            review.getByLabel("Why").fill("Tried at the canary first");
            review.getByLabel("Only where").fill("env=canary");
            button(review, "Save and try there").click();
            Locator staged = page.locator(".staged");
            assertThat(staged).containsText("is on trial at env=canary");
            assertThat(staged).containsText("0 connected workloads run it");
            button(staged, "Promote…").click();
            button(page.getByRole(AriaRole.DIALOG), "Promote to the whole fleet")
                    .click();
            ServerMessage.PolicyUpdate after = agent.await(ServerMessage.PolicyUpdate.class);
            assertTrue(after.version() > before.version());
            assertTrue(after.yaml().contains("tried first"));
            assertThat(staged).hasCount(0);
        }
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
