package io.sallyport.core.sql.druid;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Corpus;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.sql.StandardSqlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kinds and tables of statements, by the core's reader and by Druid. Where they disagree on a statement of the corpora, somebody has
 * looked at it and written the reason into {@code /sql/druid/disagreements.txt}: {@code dialect | reason | sql}.
 */
class DruidDifferentialTest {

    private static final TreeSet<String> REASONS = new TreeSet<>(List.of(
            "alias",
            "comment",
            "dynamic",
            "explained",
            "into",
            "joined",
            "maintenance",
            "name",
            "object",
            "reference",
            "silent",
            "stored",
            "subquery",
            "wording"));

    private final SqlReader reader = new StandardSqlReader();

    private static List<Corpus.Case> corpora() {
        return Stream.of(
                        Corpus.read("facts", 4),
                        Corpus.read("tables", 3),
                        Corpus.read("copies", 3),
                        Corpus.read("lineage", 4))
                .flatMap(List::stream)
                .toList();
    }

    private String disagreement(Dialect dialect, String sql, boolean both) {
        SqlAnalysis ours = reader.read(dialect, sql, Catalogue.EMPTY);
        return DruidReading.of(dialect, sql)
                .map(druid -> both ? druid.disagreement(ours) : druid.missing(ours))
                .orElse("");
    }

    @Test
    void everyDisagreementOnTheCorporaHasBeenReviewed() {
        List<Corpus.Case> reviewed = Corpus.read("druid", 3);
        TreeSet<String> known = new TreeSet<>();
        for (Corpus.Case c : reviewed) {
            assertThat(REASONS).as(c.where()).contains(c.fields().get(1));
            known.add(c.dialect() + " " + c.sql());
        }
        List<String> unknown = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        Set<Corpus.Case> lineage = Set.copyOf(Corpus.read("lineage", 4));
        for (Corpus.Case c : corpora()) {
            // Lineage cases nest sub-queries as deep as they can, and Druid misses many: there only what ours lacks
            // counts.
            String disagreement = disagreement(c.dialect(), c.sql(), !lineage.contains(c));
            if (!disagreement.isEmpty()) {
                String key = c.dialect() + " " + c.sql();
                seen.add(key);
                if (!known.contains(key)) {
                    unknown.add(c.where() + " " + disagreement + ": " + key);
                }
            }
        }
        assertThat(unknown).as("disagreements nobody has reviewed").isEmpty();
        known.removeAll(seen);
        assertThat(known).as("reviewed disagreements that are gone").isEmpty();
    }

    @Test
    void druidKnowsMostOfTheCorpora() {
        long parsed = corpora().stream()
                .filter(c -> DruidReading.of(c.dialect(), c.sql()).isPresent())
                .count();

        assertThat(parsed).isGreaterThan(1_700);
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "GENERIC", mode = EnumSource.Mode.EXCLUDE)
    void generatedStatementsAreReadAlike(Dialect dialect) {
        Statements statements = new Statements(new Random(20261128), dialect);
        int count = Boolean.getBoolean("sallyport.soak") ? 50_000 : 600;
        int parsed = 0;
        for (int i = 0; i < count; i++) {
            String sql = statements.next();
            parsed += DruidReading.of(dialect, sql).isPresent() ? 1 : 0;
            assertThat(disagreement(dialect, sql, true))
                    .as("%s: %s", dialect, sql)
                    .isEmpty();
        }
        assertThat(parsed).as("statements that Druid could parse").isGreaterThan(count * 9 / 10);
    }
}
