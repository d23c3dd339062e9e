package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokensInBrowserTest extends BrowserTest {

    @Test
    void aPersonMakesATokenOfTheirOwnAndEndsIt() throws Exception {
        String password = server.post("/api/v1/users", Map.of("name", "mia", "roles", List.of("approver")))
                .get("password")
                .asText();
        logIn("mia", password);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Your tokens"))
                .click();
        assertThat(heading("Your tokens")).isVisible();
        assertThat(page.getByText("You have none.")).isVisible();
        page.getByLabel("Hours until it expires").fill("2");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create"))
                .click();
        String token = page.getByLabel("API token").locator("pre").textContent();
        Locator row = page.locator(".row.holder");
        assertThat(row).containsText("approver");
        assertThat(server.getAs(token, "/api/v1/me").body()).contains("\"mia\"");

        button(row, "Remove…").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("Whatever uses it is refused from now on.");
        button(dialog, "Remove").click();
        assertThat(row).hasCount(0);
        assertThat(server.getAs(token, "/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenOfAnAdministratorsMakingSaysWhoMadeIt() throws Exception {
        server.post(
                "/api/v1/users", Map.of("name", "root-2", "roles", List.of("admin"), "password", "a long enough one"));
        logIn("root-2", "a long enough one");
        show("settings");
        page.getByText("Create a token").click();
        Locator tokens = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("API tokens"));
        tokens.getByLabel("Name").fill("night-bot");
        button(tokens, "Create").click();
        assertThat(tokens.locator(".row.holder", new Locator.LocatorOptions().setHasText("night-bot")))
                .containsText("made by root-2");
    }
}
