package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.analysis;
import static io.sallyport.core.policy.Policies.http;
import static io.sallyport.core.policy.Policies.https;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.member;
import static io.sallyport.core.policy.Policies.plain;
import static io.sallyport.core.policy.Policies.postgres;
import static io.sallyport.core.policy.Policies.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Masks that go by content, and masks of bodies. */
class ContentMaskingTest {

    private static final String CARD = "4111111111111111";
    private static final String RULES =
            "version: 1\nmask:\n  - {name: note, columns: [t.note], with: {fixed: hidden}}\n"
                    + "  - {name: cards, detect: CREDIT_CARD, with: {keepLast: 4}}\n"
                    + "  - {name: others, detect: [EMAIL, CREDIT_CARD], with: redact}\n";

    private static Obligations obligations(String policy, Command command, Identity identity) {
        return ((Verdict.Allow) load(policy).decide(command, identity, NOON).verdict()).obligations();
    }

    private static ColumnMask mask(String label) {
        SqlAnalysis analysis = analysis(
                StatementKind.READ,
                SqlFacts.NONE,
                List.of(new TableUse(null, "t", TableUse.Access.READ)),
                new Lineage(
                        List.of(new OutputItem.Column(label, Set.of(new ColumnOrigin(null, "t", label)), true)),
                        true,
                        List.of()));
        ColumnMask[] masks = obligations(RULES, sql(postgres(), analysis), NOBODY)
                .columns()
                .bind(List.of(new ResultColumn(label, null, null, null)));
        return masks[0];
    }

    @Test
    void whatADetectorFindsIsMaskedAndTheRestStays() {
        assertThat(mask("memo").apply("paid by " + CARD + ", ok", String.class))
                .isEqualTo("paid by ************1111, ok");
    }

    @Test
    void eachDetectorBelongsToTheFirstRuleThatNamesIt() {
        assertThat(mask("memo").apply("ann@example.com " + CARD, String.class)).isEqualTo("*** ************1111");
    }

    @Test
    void aColumnRuleComesBeforeDetectors() {
        assertThat(mask("note").apply(CARD, String.class)).isEqualTo("hidden");
    }

    @Test
    void valuesWithoutAFindingStayTheObjectsThatTheyAre() {
        for (Object value :
                List.of("plain", 7, new BigDecimal("1.50"), true, LocalDate.EPOCH, new StringBuilder("x"))) {
            assertThat(mask("memo").apply(value, value.getClass())).isEqualTo(value);
        }
        assertThat(mask("memo").apply(null, String.class)).isNull();
    }

    @Test
    void anObjectOfAnUnknownClassIsHiddenWhenItsTextHoldsAFinding() {
        assertThat(mask("memo").apply(new StringBuilder(CARD), StringBuilder.class))
                .isNull();
    }

    @Test
    void bytesThatAreNoTextPassThroughAStream() throws IOException {
        byte[] picture = new byte[100_000];
        new java.util.Random(1).nextBytes(picture);
        InputStream masked = (InputStream) mask("memo").apply(new ByteArrayInputStream(picture), InputStream.class);
        assertThat(masked.readAllBytes()).isEqualTo(picture);
    }

    @Test
    void textIsMaskedInStreamsAndReaders() throws IOException {
        String text = "line\n".repeat(2_000) + CARD + "\n" + "line\n".repeat(20_000);
        String expected = text.replace(CARD, "************1111");
        InputStream stream = (InputStream)
                mask("memo").apply(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), InputStream.class);
        assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
        StringWriter written = new StringWriter();
        ((Reader) mask("memo").apply(new StringReader(text), Reader.class)).transferTo(written);
        assertThat(written).hasToString(expected);
    }

    private static final String BODIES = "version: 1\n"
            + "targets:\n  - {name: users, http: 'https://users.internal/api/**'}\n  - {name: other, http: 'https://other.internal'}\n"
            + "mask:\n  - {name: phones, body: [{target: users, key: phone}], with: redact, unless: {groups: [support]}}\n"
            + "  - {name: mails, body: [{target: users, path: '$..email'}, {target: other, key: mail}], with: redact}\n";

    private static @Nullable String masked(Command command, Identity identity, String body) throws IOException {
        BodyMasker masker = obligations(BODIES, command, identity).bodies().masker("application/json");
        if (masker == null) {
            return null;
        }
        InputStream in = masker.over(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aBodyIsMaskedByKeyAndPathOfItsTarget() throws IOException {
        String body = "{\"phone\":\"123456\",\"a\":{\"email\":\"x@y.zz\",\"mail\":\"m@m.mm\"}}";
        assertThat(masked(http(https("users.internal"), "GET", "/api/1"), NOBODY, body))
                .isEqualTo("{\"phone\":\"***\",\"a\":{\"email\":\"***\",\"mail\":\"m@m.mm\"}}");
        assertThat(masked(http(https("other.internal"), "GET", "/api/1"), NOBODY, body))
                .isEqualTo("{\"phone\":\"123456\",\"a\":{\"email\":\"x@y.zz\",\"mail\":\"***\"}}");
    }

    @Test
    void unlessSuspendsABodyRule() throws IOException {
        assertThat(masked(http(https("users.internal"), "GET", "/api/1"), member("support"), "{\"phone\":\"123456\"}"))
                .isEqualTo("{\"phone\":\"123456\"}");
    }

    @Test
    void aRequestOutsideTheTargetsPathHasNoObligations() {
        Command command = http(https("users.internal"), "GET", "/health");
        assertThat(obligations(BODIES, command, NOBODY)).isSameAs(Obligations.NONE);
    }

    @Test
    void theDecisionNamesTheBodyRules() {
        Decision decision = load(BODIES).decide(http(https("users.internal"), "GET", "/api/1"), NOBODY, NOON);
        assertThat(decision.masked()).containsExactly("phones", "mails");
    }

    @Test
    void whatIsSentCanBeAskedForContent() {
        String deny = "version: 1\nguard: [{name: g, when: {detect: [CREDIT_CARD]}, then: deny}]";
        SqlAnalysis read = plain(StatementKind.READ);
        assertThat(load(deny)
                        .decide(sql(postgres(), read, "x", CARD), NOBODY, NOON)
                        .rules())
                .containsExactly("g");
        assertThat(load(deny)
                        .decide(sql(postgres(), read, "x", 7), NOBODY, NOON)
                        .rules())
                .isEmpty();
        assertThat(load(deny)
                        .decide(http(https("h"), "GET", "/", "card=" + CARD, Map.of()), NOBODY, NOON)
                        .rules())
                .containsExactly("g");
        String params = "version: 1\nguard: [{name: g, when: {params: {index: 2, detect: [CREDIT_CARD]}}, then: deny}]";
        assertThat(load(params)
                        .decide(sql(postgres(), read, "x", CARD), NOBODY, NOON)
                        .rules())
                .containsExactly("g");
        assertThat(load(params)
                        .decide(sql(postgres(), read, CARD, "x"), NOBODY, NOON)
                        .rules())
                .isEmpty();
    }

    @Test
    void aRateCountsOnlyWhatMeetsTheOtherKeys() {
        var policy =
                load("version: 1\nguard: [{name: g, when: {kind: [delete], rate: {over: 3, per: 60s}}, then: deny}]");
        Command delete = sql(postgres(), plain(StatementKind.DELETE));
        for (int i = 0; i < 10; i++) {
            policy.decide(sql(postgres(), plain(StatementKind.READ)), NOBODY, NOON);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(policy.decide(delete, NOBODY, NOON).rules()).isEmpty();
        }
        assertThat(policy.decide(delete, NOBODY, NOON).rules()).containsExactly("g");
        assertThat(policy.decide(delete, NOBODY, NOON.plusSeconds(19)).rules()).containsExactly("g");
        assertThat(policy.decide(delete, NOBODY, NOON.plusSeconds(20)).rules()).isEmpty();
        assertThat(policy.decide(delete, NOBODY, NOON.plusSeconds(20)).rules()).containsExactly("g");
    }
}
