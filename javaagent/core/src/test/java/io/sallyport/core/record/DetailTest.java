package io.sallyport.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.testing.Commands;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailTest {

    @ParameterizedTest
    @CsvSource({
        "a=1,a=?",
        "a=1&b=two,a=?&b=?",
        "a=1;b=2,a=?;b=?",
        "a=b=c,a=?",
        "a=,a=?",
        "token,?",
        "=x,?",
        "&&a=1&,&&a=?&",
        "filter%5Bname%5D=x&page[size]=2,filter%5Bname%5D=?&page[size]=?",
        "X-Amz-SignedHeaders=host,X-Amz-SignedHeaders=?",
        "c2VjcmV0LXRva2VuLWFhYQ==,?",
        "c2VjcmV0LXRva2VuLWFhYWE=,?",
        "4111111111111111=&a=1,?&a=?",
        "bob%40example.com=1,?"
    })
    void aQueryKeepsItsNamesAndLosesItsValues(String query, String kept) {
        assertThat(Detail.namesOf(query)).isEqualTo(kept);
    }

    @Test
    void aConnectionIsDescribedByItsUrlWithoutSettings() {
        assertThat(Detail.of(Commands.connect(Commands.ORDERS), Detection.NOTHING))
                .isEqualTo("jdbc:postgresql://db.internal/orders");
    }

    @ParameterizedTest
    @CsvSource({
        "/users/17,/users/17",
        "/users/,/users/",
        "/users/bob@example.com/orders,/users/…/orders",
        "/cards/4111111111111111,/cards/…",
        "/jwt/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U,/jwt/…",
        "/to/https:/user:s3cretpw@host/x,/to/https:/…@host/x",
        "/login?password=hunter2/x,/login%3F…",
        "/a#b,/a%23b",
        "/reset/token/ghp_abcdefghijklmnopqrstuvwxyz0123,/reset/token/…",
        "/reset/token/hunter2/now,/reset/token/…/now",
        "/reset/password_tokens/482913,/reset/password_tokens/…",
        "/bot123456:AAHhunter2-PATH/send,/bot123456:…/send",
        "/x;password=hunter2-MATRIX/y,/x;password=…/y",
        "/x/npm_0123456789abcdefABCDEF0123456789abcd,/x/…",
        "/services/T0/B0/hunter2XXXX,/services/T0/B0/…",
        "/api/webhooks/17/hunter2-hunter2-XXXX,/api/webhooks/17/…",
        "/password/reset,/password/reset",
        "/oauth/token/revoke,/oauth/token/revoke",
        "/services/orders/17/lines,/services/orders/17/lines",
        "/api/webhooks/17/deliveries,/api/webhooks/17/deliveries"
    })
    void aPathIsRecordedWithoutWhatIsSensitiveInIt(String path, String recorded) {
        Command request = Commands.http("GET", path, "a=1", Map.of());
        assertThat(Detail.of(request, Detection.NOTHING)).isEqualTo("GET " + recorded + "?a=?");
        assertThat(Detail.summary(request, Detection.NOTHING)).isEqualTo("GET " + recorded);
        Target site = request.target();
        Target place = new Target(site.protocol(), site.vendor(), site.endpoints(), "", site.url() + path);
        assertThat(Detail.target(
                        new HttpCommand(place, "client-1", request.caller(), "GET", path, "a=1", Map.of()),
                        Detection.NOTHING))
                .isEqualTo("https://users.internal" + recorded);
        assertThat(Detail.forApprovers(request)).isEqualTo("GET " + path + "?a=?");
    }

    @ParameterizedTest
    @CsvSource({
        "/people/536-22-8417/x,/people/…/x",
        "/phone/+14155552671,/phone/…",
        "/people/ssn 536-22-8417/x,/people/ssn …/x",
        "/cards/4111111111111111/536-22-8417,/cards/…/…",
        "/users/17,/users/17",
        "/orders/2026-11-29,/orders/2026-11-29"
    })
    void whatAPolicysMasksLookForIsLeftOutOfAPath(String path, String recorded) {
        Detection masked = new Detection(Detectors.standard(), Set.of("US_SSN", "PHONE"));
        Command request = Commands.http("GET", path, "", Map.of());

        assertThat(Detail.of(request, masked)).isEqualTo("GET " + recorded);
    }

    @Test
    void aPathIsRecordedOnOneLine() {
        assertThat(Detail.of(Commands.http("GET", "/a\n{\u0085\u007f", "", Map.of()), Detection.NOTHING))
                .isEqualTo("GET /a%0A{%C2%85%7F");
    }

    @Test
    void aRequestWithoutQueryIsItsRequestLine() {
        assertThat(Detail.of(Commands.http("GET", "/users", "", Map.of()), Detection.NOTHING))
                .isEqualTo("GET /users");
    }

    @Test
    void whoeverApprovesAShapeIsShownThatAnotherProgramIsAnotherOne() {
        String one = forApprovers("DO $$ BEGIN NULL; END $$");

        assertThat(one).matches("DO \\? \\(literals [0-9a-f]{16}\\)");
        assertThat(forApprovers("DO $$ BEGIN DELETE FROM carts; END $$")).isNotEqualTo(one);
        assertThat(forApprovers("DELETE FROM carts WHERE id = 7")).isEqualTo("DELETE FROM carts WHERE id = ?");
    }

    private static String forApprovers(String sql) {
        SqlAnalysis analysis = new StandardSqlReader().read(Dialect.POSTGRESQL, sql, Catalogue.EMPTY);
        SqlCommand like = Commands.sql(sql);
        return Detail.forApprovers(
                new SqlCommand(like.target(), like.session(), like.caller(), analysis, List.of(), like.transaction()));
    }
}
