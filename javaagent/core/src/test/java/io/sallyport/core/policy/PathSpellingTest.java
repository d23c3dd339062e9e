package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.verdict.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that restricts is met by every path that some server takes for its own; one that permits by no other. */
class PathSpellingTest {

    private static final CompiledPolicy POLICY = Policies.load("""
            version: 1
            targets:
              - {name: api, http: "https://api.acme.com/**"}
              - {name: secrets, http: "https://api.acme.com/vault/**"}
            mask:
              - {name: emails, body: [{target: secrets, key: email}], with: redact}
            guard:
              - {name: no-admin, target: api, when: {path: "/admin/**"}, then: deny}
              - {name: ask, target: api, when: {path: "/vault/**"}, then: approve}
            """);

    private static final CompiledPolicy LISTED = Policies.load("""
            version: 1
            default: {http: deny}
            targets:
              - {name: api, http: "https://api.acme.com/**"}
            guard:
              - {name: public, target: api, when: {path: "/public/**"}, then: allow}
            """);

    private static HttpCommand get(String path) {
        return Policies.http(Policies.https("api.acme.com"), "GET", path);
    }

    private static Verdict verdict(CompiledPolicy policy, String path) {
        return policy.decide(get(path), Policies.NOBODY, Policies.NOON).verdict();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/x",
                // Case and width.
                "/ADMIN/x",
                "/Adm%49n/x",
                "/%EF%BD%81dmin/x",
                "/adm%C4%B1n/x",
                // What is cut or trimmed.
                "/admin%20/x",
                "/%20admin/x",
                "/admin./x",
                "/admin%2e%20/x",
                "/admin%00",
                "/admin%00.html",
                "/admin%3fx",
                "/admin%23x",
                "/admin;a/x",
                "/admin;/../x",
                "/ad%00min/x",
                "/ad%0d%0amin/x",
                "/ad%E2%80%8Bmin/x",
                "/ad%ffmin/x",
                // Encoded, often or badly.
                "/%2561dmin/x",
                "/%252525252561dmin/x",
                "/%252525252525252525252561dmin/x",
                "/%u0061dmin/x",
                "/x/%c0%ae%c0%ae/admin/x",
                "/x%u002f../admin",
                "/x/..%EF%BC%8Fadmin/x",
                "/x/%EF%BC%8E%EF%BC%8E/admin/x",
                "/admin%E2%88%95x",
                "/admin+/x",
                // Dots and slashes.
                "//admin/x",
                "/x/..//admin/x",
                "/x\\..\\admin/x",
                "/x/..;/admin/x",
                "/./admin/x",
                // Servers that do less than all.
                "/admin/..;/public",
                "/admin/..%2fpublic",
                "/admin/..%252fpublic",
                "/admin/%2e%2e/public",
                "/admin/..%5cpublic",
            })
    void noSpellingEvadesARuleThatRefuses(String path) {
        assertThat(verdict(POLICY, path)).isInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/vault/a", "/VAULT/a", "/vault%20/a", "/%2576ault/a", "/vault;x/a", "/vault/..;/public"})
    void noSpellingEvadesARuleThatAsksOrMasks(String path) {
        assertThat(verdict(POLICY, path)).isInstanceOf(Verdict.Hold.class);
        assertThat(verdict(POLICY, path).obligationsOrNone().bodies()).isNotSameAs(BodyMaskPlan.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/admins",
                "/public/admin",
                "/users/4711",
                "/a%20b",
                "/x;v=1",
                "/stra%C3%9Fe",
                "/c++",
                "/x%2Fy",
                "/adminx/",
                "/x/../y",
                "/caf%E9/menu",
                "/administrator%20/x",
                "/.well-known/x"
            })
    void whatNoServerTakesForItPasses(String path) {
        assertThat(verdict(POLICY, path)).isSameAs(Verdict.Allow.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/x", "/public/a%20b", "/public/a%2Fb", "/public/x;v=1", "/public/%7Eme/"})
    void whatEveryServerTakesForThePermittedIsPermitted(String path) {
        assertThat(verdict(LISTED, path)).isInstanceOf(Verdict.Allow.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/..%2fadmin",
                "/public/..%252fadmin",
                "/public/..;/admin",
                "/admin/..%2fpublic/x",
                "/admin/..;/public/x",
                "/PUBLIC/x",
                "/public%20/x",
                "/public/%252525252525252525252561",
            })
    void aSpellingGainsNoPermission(String path) {
        assertThat(verdict(LISTED, path)).isInstanceOf(Verdict.Deny.class);
    }
}
