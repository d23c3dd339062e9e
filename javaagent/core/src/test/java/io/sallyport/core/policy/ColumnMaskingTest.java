package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.analysis;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.member;
import static io.sallyport.core.policy.Policies.postgres;
import static io.sallyport.core.policy.Policies.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.identity.Identity;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which columns of a result are masked, and by what. */
class ColumnMaskingTest {

    private static final String CARDS =
            "version: 1\nmask:\n  - {name: cards, columns: [payments.card_number], with: {keepLast: 4}}\n"
                    + "  - {name: mail, columns: ['*.email'], with: redact}\n";
    private static final String CARD = "4111111111111111";

    private static OutputItem column(@Nullable String label, ColumnOrigin... origins) {
        return new OutputItem.Column(label, Set.of(origins), true);
    }

    private static ColumnOrigin origin(String table, String column) {
        return new ColumnOrigin(null, table, column);
    }

    private static OutputItem star(String table) {
        return new OutputItem.Star(null, table);
    }

    private static SqlAnalysis read(boolean exact, List<String> tables, OutputItem... items) {
        return analysis(
                StatementKind.READ,
                SqlFacts.NONE,
                tables.stream()
                        .map(t -> new TableUse(null, t, TableUse.Access.READ))
                        .toList(),
                new Lineage(List.of(items), exact, List.of()));
    }

    private static ResultColumn label(String label) {
        return new ResultColumn(label, null, null, null);
    }

    private static ResultColumn based(String label, String table, String column) {
        return new ResultColumn(label, "public", table, column);
    }

    private static Decision decide(String policy, SqlAnalysis analysis, Identity identity) {
        return load(policy).decide(sql(postgres(), analysis), identity, NOON);
    }

    /** For each column: what a card number in it looks like to the caller, {@code -} for the clear value. */
    private static List<String> shown(String policy, SqlAnalysis analysis, Identity identity, ResultColumn... columns) {
        Verdict.Allow allow = (Verdict.Allow) decide(policy, analysis, identity).verdict();
        ColumnMask[] masks = allow.obligations().columns().bind(Arrays.asList(columns));
        return Arrays.stream(masks == null ? new ColumnMask[columns.length] : masks)
                .map(m -> m == null ? "-" : String.valueOf(m.apply(CARD, String.class)))
                .toList();
    }

    private static List<String> shown(SqlAnalysis analysis, ResultColumn... columns) {
        return shown(CARDS, analysis, NOBODY, columns);
    }

    @Test
    void aColumnIsMaskedByItsOriginAndNotByItsLabel() {
        SqlAnalysis analysis = read(
                true,
                List.of("payments"),
                column("x", origin("payments", "card_number")),
                column("card_number", origin("payments", "id")));
        assertThat(shown(analysis, label("x"), label("card_number"))).containsExactly("************1111", "-");
    }

    @Test
    void aStatementThatTouchesNoMaskedTableHasNoObligations() {
        SqlAnalysis analysis = read(true, List.of("orders"), column("id", origin("orders", "id")));
        String policy = "version: 1\nmask: [{name: cards, columns: [payments.card_number]}]";
        Verdict.Allow allow = (Verdict.Allow) decide(policy, analysis, NOBODY).verdict();
        assertThat(allow).isSameAs(Verdict.Allow.PLAIN);
        assertThat(allow.obligations()).isSameAs(Obligations.NONE);
    }

    @Test
    void theColumnsOfAStarAreToldByTheirLabels() {
        SqlAnalysis analysis = read(true, List.of("payments"), column("n"), star("payments"), column("m"));
        assertThat(shown(analysis, label("n"), label("id"), label("CARD_NUMBER"), label("email"), label("m")))
                .containsExactly("-", "-", "************1111", "***", "-");
    }

    @Test
    void whatFollowsAStarIsAlignedFromTheEnd() {
        SqlAnalysis analysis =
                read(true, List.of("payments"), star("payments"), column("x", origin("payments", "card_number")));
        assertThat(shown(analysis, label("id"), label("note"), label("x")))
                .containsExactly("-", "-", "************1111");
    }

    @Test
    void betweenTwoStarsAColumnIsMaskedWhenEitherTableMasksIt() {
        SqlAnalysis analysis = read(
                true,
                List.of("orders", "payments"),
                star("orders"),
                column(null, origin("payments", "card_number")),
                star("payments"));
        assertThat(shown(analysis, label("id"), label("?column?"), label("id"), label("card_number")))
                .doesNotContain("-");
    }

    @Test
    void betweenTwoStarsWithoutANamelessColumnOnlyMaskedLabelsAreMasked() {
        SqlAnalysis analysis = read(true, List.of("orders", "payments"), star("orders"), star("payments"));
        assertThat(shown(analysis, label("id"), label("note"), label("card_number")))
                .containsExactly("-", "-", "************1111");
    }

    @Test
    void theDriversBaseColumnMasksWhatLineageMissed() {
        SqlAnalysis analysis = read(true, List.of("payments"), column("x", origin("payments", "id")));
        assertThat(shown(analysis, based("x", "payments", "card_number"))).containsExactly("************1111");
    }

    @Test
    void withoutExactLineageTheDriversBaseColumnDecides() {
        SqlAnalysis analysis = read(false, List.of("payments"));
        assertThat(shown(analysis, based("a", "payments", "id"), based("b", "payments", "card_number")))
                .containsExactly("-", "************1111");
    }

    @Test
    void whatNeitherWitnessShowsToBeClearIsHiddenAsAWhole() {
        SqlAnalysis analysis = read(false, List.of("payments"));
        assertThat(shown(analysis, label("a"), based("id", "payments", "id"))).containsExactly("***", "-");
    }

    @Test
    void withoutExactLineageAndWithoutAMaskedTableNothingIsHidden() {
        String policy = "version: 1\nmask: [{name: cards, columns: [payments.card_number]}]";
        SqlAnalysis analysis = read(false, List.of("orders"));
        assertThat(shown(policy, analysis, NOBODY, label("a"))).containsExactly("-");
    }

    @Test
    void ofAnOpaqueStatementEveryColumnIsHidden() {
        SqlAnalysis analysis = analysis(StatementKind.CALL, SqlFacts.OPAQUE, List.of(), Lineage.UNKNOWN);
        String policy = CARDS + "default: {opaque: allow}";
        assertThat(shown(policy, analysis, NOBODY, label("a"), label("b"))).containsExactly("***", "***");
    }

    @Test
    void aResultThatDoesNotFitTheOutputListIsTreatedAsUnknown() {
        SqlAnalysis analysis = read(true, List.of("payments"), column("a"), column("b"));
        assertThat(shown(analysis, label("a"))).containsExactly("***");
    }

    @Test
    void aWholeRowIsHiddenAsAWhole() {
        SqlAnalysis analysis = read(true, List.of("payments"), column("p", origin("payments", ColumnOrigin.WHOLE_ROW)));
        assertThat(shown(analysis, label("p"))).containsExactly("***");
    }

    @Test
    void aColumnMixedFromOriginsOfTwoRulesIsHiddenAsAWhole() {
        SqlAnalysis analysis = read(
                true, List.of("payments"), column("x", origin("payments", "card_number"), origin("payments", "email")));
        assertThat(shown(analysis, label("x"))).containsExactly("***");
    }

    @Test
    void ofAComputedValueNoPartIsKept() {
        SqlAnalysis analysis = read(
                true,
                List.of("payments"),
                column("id", origin("payments", "id")),
                column("reversed", origin("payments", "card_number")));
        assertThat(shown(analysis, based("id", "payments", "id"), label("reversed")))
                .containsExactly("-", "***");
    }

    @Test
    void anIncompleteOriginIsHidden() {
        SqlAnalysis analysis =
                read(true, List.of("payments"), new OutputItem.Column("x", Set.of(), false), column("y"));
        assertThat(shown(analysis, label("x"), label("y"))).containsExactly("***", "-");
    }

    @Test
    void theFirstRuleInTheFileWins() {
        String policy = "version: 1\nmask:\n  - {name: a, columns: ['*.card_number'], with: {fixed: first}}\n"
                + "  - {name: b, columns: ['payments.*'], with: {fixed: second}}\n";
        SqlAnalysis analysis = read(true, List.of("payments"), column("x", origin("payments", "card_number")));
        assertThat(shown(policy, analysis, NOBODY, label("x"))).containsExactly("first");
    }

    @Test
    void unlessSuspendsItsOwnRuleOnly() {
        String policy = "version: 1\nmask:\n"
                + "  - {name: a, columns: ['*.card_number'], with: {fixed: first}, unless: {groups: [support]}}\n"
                + "  - {name: b, columns: [payments.card_number], with: {fixed: second}}\n";
        SqlAnalysis analysis = read(true, List.of("payments"), column("x", origin("payments", "card_number")));
        assertThat(shown(policy, analysis, NOBODY, label("x"))).containsExactly("first");
        assertThat(shown(policy, analysis, member("support"), label("x"))).containsExactly("second");
    }

    @Test
    void aMaskInObserveModeChangesNothing() {
        String policy = "version: 1\nmask: [{name: a, mode: observe, columns: [payments.card_number]}]";
        SqlAnalysis analysis = read(true, List.of("payments"), column("x", origin("payments", "card_number")));
        assertThat(shown(policy, analysis, NOBODY, label("x"))).containsExactly("-");
    }

    @Test
    void aSchemaInTheRuleMatchesAStatementThatNamesNone() {
        String policy = "version: 1\nmask: [{name: a, columns: [billing.payments.card_number]}]";
        ColumnOrigin other = new ColumnOrigin("archive", "payments", "card_number");
        SqlAnalysis analysis =
                read(true, List.of("payments"), column("x", origin("payments", "card_number")), column("y", other));
        assertThat(shown(policy, analysis, NOBODY, label("x"), label("y"))).containsExactly("***", "-");
    }

    @Test
    void theDecisionNamesTheRulesThatItsAnswerMeets() {
        SqlAnalysis analysis = read(true, List.of("payments"), column("x", origin("payments", "card_number")));
        assertThat(decide(CARDS, analysis, NOBODY).masked()).containsExactly("cards");
    }

    @Test
    void equalResultsOfOneStatementShareTheirMasks() {
        SqlAnalysis analysis = read(true, List.of("payments"), column("x", origin("payments", "card_number")));
        ColumnMaskPlan plan = ((Verdict.Allow) decide(CARDS, analysis, NOBODY).verdict())
                .obligations()
                .columns();
        assertThat(plan.bind(List.of(label("x")))).isSameAs(plan.bind(List.of(label("x"))));
    }

    @Test
    void aCopyToWhereNoMaskStandsIsToldFromOneToWhereOneStands() {
        String policy = CARDS + "guard: [{name: copies, when: {copiesSensitive: true}, then: deny}]";
        assertThat(decide(policy, copy("archive", "number"), NOBODY).rules()).containsExactly("copies");
        assertThat(decide(policy, copy("payments", "card_number"), NOBODY).rules())
                .isEmpty();
    }

    private static SqlAnalysis copy(String table, String column) {
        Lineage.Copy copy = new Lineage.Copy(origin(table, column), List.of(origin("payments", "card_number")));
        return analysis(StatementKind.INSERT, SqlFacts.NONE, List.of(), new Lineage(List.of(), true, List.of(copy)));
    }
}
