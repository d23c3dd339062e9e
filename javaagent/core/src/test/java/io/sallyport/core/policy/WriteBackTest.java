package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.postgres;
import static io.sallyport.core.policy.Policies.sql;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.ParameterHead;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.verdict.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A masked value must not come back in place of the real one. */
class WriteBackTest {

    private static final String REDACT = "with: redact";

    private static boolean refused(String with, String sql, @Nullable Object... parameters) {
        return verdict(with, sql, parameters) instanceof Verdict.Deny;
    }

    private static Verdict verdict(String with, String sql, @Nullable Object... parameters) {
        String policy =
                "version: 1\nkeys: {k: {from: 'env:K'}}\nmask: [{name: m, columns: [users.email], " + with + "}]";
        StatementKind kind = sql.startsWith("UPDATE")
                ? StatementKind.UPDATE
                : sql.startsWith("MERGE") ? StatementKind.MERGE : StatementKind.INSERT;
        SqlAnalysis analysis = Policies.analysis(
                sql, kind, SqlFacts.NONE, List.of(new TableUse(null, "users", TableUse.Access.WRITE)), Lineage.NONE);
        return load(policy)
                .decide(sql(postgres(), analysis, parameters), NOBODY, NOON)
                .verdict();
    }

    @Test
    void anUpdateOfTheColumnWithItsMaskIsRefused() {
        assertThat(refused(REDACT, "UPDATE users SET name = ?, email = ? WHERE id = ?", "Ann", "***", 7))
                .isTrue();
    }

    @Test
    void theRefusalNamesTheColumn() {
        assertThat(verdict(REDACT, "UPDATE users SET name = ?, \"email\" = ? WHERE id = ?", "Ann", "***", 7))
                .isInstanceOfSatisfying(
                        Verdict.Deny.class, deny -> assertThat(deny.toString()).contains("into users.email in place"));
    }

    @Test
    void anUpdateOfTheColumnWithARealValueIsNot() {
        assertThat(refused(REDACT, "UPDATE users SET name = ?, email = ? WHERE id = ?", "Ann", "a@b.c", 7))
                .isFalse();
    }

    @Test
    void aMaskInAnotherColumnIsNotItsBusiness() {
        assertThat(refused(REDACT, "UPDATE users SET note = ?, email = ? WHERE id = ?", "***", "a@b.c", 7))
                .isFalse();
    }

    @Test
    void aMaskInAConditionIsNotWritten() {
        assertThat(refused(REDACT, "UPDATE users SET note = ? WHERE email = ?", "x", "***"))
                .isFalse();
    }

    @Test
    void zeroAndFalseInOtherColumnsAreNoMasks() {
        assertThat(refused(REDACT, "INSERT INTO users (active, visits, email) VALUES (?, ?, ?)", false, 0, "a@b.c"))
                .isFalse();
    }

    @Test
    void anInsertFindsItsColumnInAnyRowOfValues() {
        String insert = "INSERT INTO users (id, \"email\") VALUES (?, lower(?)), (?, ?)";
        assertThat(refused(REDACT, insert, 1, "a@b.c", 2, "***")).isTrue();
        assertThat(refused(REDACT, insert, 1, "***", 2, "a@b.c")).isTrue();
        assertThat(refused(REDACT, insert, 1, "a@b.c", 2, "d@e.f")).isFalse();
    }

    @Test
    void withoutAColumnListATextThatLooksLikeAMaskIsRefused() {
        assertThat(refused(REDACT, "INSERT INTO users VALUES (?, ?, ?)", 0, "Ann", "***"))
                .isTrue();
        assertThat(refused(REDACT, "INSERT INTO users VALUES (?, ?, ?)", 0, "Ann", "a@b.c"))
                .isFalse();
    }

    @Test
    void anUpsertIsReadInBothParts() {
        String upsert = "INSERT INTO users (id, email) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET email = ?";
        assertThat(refused(REDACT, upsert, 1, "a@b.c", "***")).isTrue();
        assertThat(refused(REDACT, upsert, 1, "a@b.c", "d@e.f")).isFalse();
    }

    @Test
    void aMergeIsReadInBothParts() {
        String merge = "MERGE INTO users u USING (SELECT ? AS id) s ON u.id = s.id"
                + " WHEN MATCHED THEN UPDATE SET email = ?"
                + " WHEN NOT MATCHED THEN INSERT (id, email) VALUES (?, ?)";
        assertThat(refused(REDACT, merge, 1, "***", 1, "a@b.c")).isTrue();
        assertThat(refused(REDACT, merge, 1, "a@b.c", 1, "***")).isTrue();
        assertThat(refused(REDACT, merge, 1, "a@b.c", 1, "a@b.c")).isFalse();
    }

    @Test
    void aCaseEndsNoListOfAssignments() {
        for (String update : new String[] {
            "UPDATE users SET name = CASE WHEN id = 1 THEN 'a' ELSE name END, email = ? WHERE id = 1",
            "UPDATE users SET email = CASE id WHEN 1 THEN ? WHEN 2 THEN 'x' END WHERE id IN (1, 2)",
            "UPDATE users SET f = a IS DISTINCT FROM b, email = ?",
            "MERGE INTO users u USING s ON u.id = s.id WHEN MATCHED THEN UPDATE SET name = CASE WHEN 1 = 1 THEN 'q' END,"
                    + " email = ?",
            "INSERT INTO users (id, name) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET name = CASE WHEN true THEN 'x' END,"
                    + " email = ?"
        }) {
            assertThat(refused(REDACT, update, "***")).as(update).isTrue();
            assertThat(refused(REDACT, update, "a@b.c")).as(update).isFalse();
            assertThat(refused(REDACT, update.replace("?", "'***'"))).as(update).isTrue();
        }
    }

    @Test
    void questionMarksInTextAndCommentsAreNoParameters() {
        String update = "UPDATE users SET note = '?' /* ? */, email = ? -- ?\n WHERE id = ?";
        assertThat(refused(REDACT, update, "***", 7)).isTrue();
    }

    @Test
    void aMaskThatCannotBeRecognisedRefusesUnlessThePolicyAllowsIt() {
        assertThat(refused("with: {fpe: k}", "UPDATE users SET email = ?", "a@b.c"))
                .isTrue();
        assertThat(refused("with: {fpe: k}, onWrite: allow", "UPDATE users SET email = ?", "a@b.c"))
                .isFalse();
        assertThat(refused("with: {fpe: k}", "UPDATE users SET note = ?", "a@b.c"))
                .isFalse();
    }

    @Test
    void everyEntryOfABatchIsLookedAt() {
        SqlAnalysis analysis = Policies.analysis(
                "UPDATE users SET email = ?",
                StatementKind.UPDATE,
                SqlFacts.NONE,
                List.of(new TableUse(null, "users", TableUse.Access.WRITE)),
                Lineage.NONE);
        var one = sql(postgres(), analysis, "a@b.c");
        var batch = new io.sallyport.core.command.SqlCommand(
                one.target(),
                one.session(),
                one.caller(),
                analysis,
                List.of(List.of("a@b.c"), List.of("***")),
                one.transaction());
        var policy = load("version: 1\nmask: [{name: m, columns: [users.email]}]");
        assertThat(policy.decide(batch, NOBODY, NOON).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void aMaskThatStandsInTheTextIsRefused() {
        for (String value : new String[] {"'***'", "concat('**', '*')", "('**' || '*')", "N'***'", "$$***$$"}) {
            assertThat(refused(REDACT, "UPDATE users SET note = 'x', email = " + value + " WHERE id = 1"))
                    .as(value)
                    .isTrue();
            assertThat(refused(REDACT, "INSERT INTO users (id, email) VALUES (1, 'a@b.c'), (2, " + value + ")"))
                    .as(value)
                    .isTrue();
        }
    }

    @Test
    void anotherTextIsNotNorOneThatIsWrittenElsewhereOrComputedFrom() {
        for (String update : new String[] {
            "UPDATE users SET email = 'a@b.c', note = '***' WHERE email = '***'",
            "UPDATE users SET email = replace(email, '***', '*')",
            "UPDATE users SET email = CASE WHEN note = '***' THEN '*' ELSE 'x' END",
            "INSERT INTO users (note, email) VALUES ('***', 'it''s')"
        }) {
            assertThat(refused(REDACT, update)).as(update).isFalse();
        }
    }

    @Test
    void textOfAnyClassIsText() throws Exception {
        String update = "UPDATE users SET email = ?";
        assertThat(refused(REDACT, update, new StringBuilder("***"))).isTrue();
        assertThat(refused(REDACT, update, "***".toCharArray())).isTrue();
        assertThat(refused(REDACT, update, beginning("***"))).isTrue();
        assertThat(refused(REDACT, update, beginning("***".getBytes(UTF_8)))).isTrue();
        assertThat(refused("with: email", update, (Object) "***@b.c".getBytes(UTF_8)))
                .isTrue();
        assertThat(refused(REDACT, update, new StringBuilder("a@b.c"))).isFalse();
        assertThat(refused(REDACT, update, beginning("****"))).isFalse();
    }

    private static ParameterHead beginning(Object content) {
        return () -> content;
    }
}
