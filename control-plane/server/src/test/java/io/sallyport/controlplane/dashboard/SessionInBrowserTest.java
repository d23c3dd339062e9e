package io.sallyport.controlplane.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import io.sallyport.protocol.Wire;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionInBrowserTest extends BrowserTest {

    private static final double HEARTBEAT_AND_RETRY_MILLIS = 40_000;

    @Test
    void aWrongPasswordIsRefusedInWordsAndTheRightOneLeadsToThePageThatWasAskedFor() {
        show("policy");
        page.getByLabel("User").fill("admin");
        page.getByLabel("Password").fill("wrong");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();

        page.getByLabel("Password").fill(server.adminPassword());
        page.keyboard().press("Enter");
        assertThat(heading("Policy")).isVisible();
    }

    @Test
    void aToolIsLetInByThePersonWhoLogsInAtItsLink() throws Exception {
        APIResponse begun = profile.request().post(server.address() + "/api/v1/device-logins");
        JsonNode login = Wire.json().readTree(begun.text());
        page.navigate(server.address() + login.path("page").asText());
        page.getByLabel("User").fill("admin");
        page.getByLabel("Password").fill(server.adminPassword());
        page.keyboard().press("Enter");
        assertThat(page.getByText(login.path("code").asText())).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("It is mine: let it in"))
                .click();
        assertThat(page.getByRole(AriaRole.MAIN).getByRole(AriaRole.STATUS)).containsText("acts as admin");
        APIResponse token = profile.request()
                .post(
                        server.address() + "/api/v1/device-logins/token",
                        RequestOptions.create()
                                .setData(Map.of("device", login.path("device").asText())));
        assertEquals(200, token.status());
    }

    @Test
    void anExpiredLoginIsRenewedOverThePageAndNothingIsLost() {
        logIn();
        show("policy");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Edit"))
                .click();
        Locator editor = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Policy text"));
        editor.press("Control+Home");
        page.keyboard().insertText("# unsaved thought\n");
        assertThat(page.getByText("Valid.")).isVisible();

        profile.clearCookies();
        page.keyboard().insertText("# another\n");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("Your login has expired");
        dialog.getByLabel("Password").fill(server.adminPassword());
        page.keyboard().press("Enter");
        assertThat(dialog).hasCount(0);
        assertThat(editor).hasValue(java.util.regex.Pattern.compile("^# unsaved thought\n# another\n"));
    }

    @Test
    void aLoginThatIsEndedElsewhereIsNoticedWithoutAnyClick() throws Exception {
        logIn();
        show("events");
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        String csrf = Wire.json()
                .readTree(profile.request().get(server.address() + "/api/v1/me").text())
                .get("csrf")
                .asText();
        profile.request()
                .post(
                        server.address() + "/api/v1/logout",
                        RequestOptions.create().setHeader("X-Sallyport-CSRF", csrf));
        assertThat(page.getByRole(AriaRole.DIALOG))
                .containsText(
                        "Your login has expired",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(HEARTBEAT_AND_RETRY_MILLIS));
    }

    @Test
    void loggingOutLeadsToTheLoginPage() {
        logIn();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out"))
                .click();
        assertThat(page.getByLabel("Password")).isVisible();
        page.reload();
        assertThat(page.getByLabel("Password")).isVisible();
    }
}
