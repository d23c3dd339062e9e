package io.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.policy.shape.ShapeBook;
import io.sallyport.core.policy.shape.ShapeStore;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StandardSqlReader;
import io.sallyport.core.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewShapeTest {
    private static final Instant START = Policies.NOON;
    private static final Instant LATER = START.plus(Duration.ofDays(8));

    /** Keeps lines as a file would. */
    private static final class Lines implements ShapeStore {
        private final List<String> lines = new ArrayList<>();

        @Override
        public List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public void append(String line) {
            lines.add(line);
        }

        @Override
        public void replace(List<String> all) {
            lines.clear();
            lines.addAll(all);
        }
    }

    private final Lines store = new Lines();

    private static CompiledPolicy policy(ShapeBook book, String when) {
        try {
            return PolicyLoader.load(
                    "version: 1\nguard:\n  - {name: unknown, when: " + when + ", then: deny}\n",
                    "policy.yaml",
                    KeySource.NONE,
                    1,
                    book);
        } catch (InvalidPolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean denied(CompiledPolicy policy, String site, String sql, Instant at) {
        var analysis = new StandardSqlReader().read(Dialect.POSTGRESQL, sql, Catalogue.EMPTY);
        return policy.decide(Policies.sqlFrom(site, Policies.postgres(), analysis), Policies.NOBODY, at)
                        .verdict()
                instanceof Verdict.Deny;
    }

    @Test
    void aShapeThatWasNotLearntIsNewOnceLearningIsOver() {
        CompiledPolicy policy = policy(new ShapeBook(store), "{newShape: {after: 7d}}");

        assertThat(denied(policy, "a.B.c:1", "SELECT x FROM t WHERE id = 1", START))
                .isFalse();
        assertThat(denied(policy, "a.B.c:9", "SELECT x FROM t WHERE id = 2", LATER))
                .isFalse();
        assertThat(denied(policy, "a.B.c:1", "SELECT x, y FROM t WHERE id = 1", LATER))
                .isTrue();
        assertThat(denied(policy, "a.B.d:1", "SELECT x FROM t WHERE id = 1", LATER))
                .isTrue();
    }

    @Test
    void whatIsNewStaysNew() {
        CompiledPolicy policy = policy(new ShapeBook(store), "{newShape: {after: 0s}}");
        assertThat(denied(policy, "a.B.c:1", "SELECT 1", START)).isFalse();

        assertThat(denied(policy, "a.B.c:1", "SELECT 2 FROM t", LATER)).isTrue();
        assertThat(denied(policy, "a.B.c:1", "SELECT 2 FROM t", LATER)).isTrue();
    }

    @Test
    void shapesAndTheLearningPeriodOutliveTheProcessAndThePolicy() {
        ShapeBook book = new ShapeBook(store);
        denied(policy(book, "{newShape: {after: 7d}}"), "a.B.c:1", "SELECT x FROM t", START);
        denied(policy(book, "{newShape: {after: 7d}}"), "a.B.c:1", "SELECT x FROM t", START);
        book.save();

        ShapeBook next = new ShapeBook(store);
        CompiledPolicy policy = policy(next, "{newShape: {after: 7d}}");
        assertThat(denied(policy, "a.B.c:1", "SELECT x FROM t", LATER)).isFalse();
        assertThat(denied(policy, "a.B.c:1", "SELECT y FROM t", LATER)).isTrue();
        var analysis = new StandardSqlReader().read(Dialect.POSTGRESQL, "SELECT x FROM t", Catalogue.EMPTY);
        assertThat(next.count(Policies.postgres().url(), "a.B.c", analysis.fingerprint()))
                .isEqualTo(3);
    }

    @Test
    void aDamagedFileIsAShapeLess() {
        store.lines.add("started 2026-01-01T00:00:00Z");
        store.lines.add("deadbeef not-a-number x y");
        store.lines.add("cut off");

        assertThat(denied(policy(new ShapeBook(store), "{newShape: true}"), "a.B.c:1", "SELECT 1", START))
                .isTrue();
    }

    @Test
    void onlyWhatMeetsTheOtherKeysIsLearnt() {
        CompiledPolicy policy = policy(new ShapeBook(store), "{writes: true, newShape: true}");

        denied(policy, "a.B.c:1", "SELECT 1", START);

        assertThat(store.lines).isEmpty();
    }

    @Test
    void aBookThatIsFullTakesWhatComesForNew() {
        ShapeBook book = ShapeBook.empty();
        for (int i = 0; i < 20_000; i++) {
            book.isNew("t", "s", "f" + i, START, Duration.ofDays(1));
        }

        assertThat(book.isNew("t", "s", "another", START, Duration.ofDays(1))).isTrue();
        assertThat(book.isNew("t", "s", "f7", START, Duration.ofDays(1))).isFalse();
    }

    @Test
    void knownShapesAreNoCondition() {
        assertThat(Policies.errors("version: 1\nguard:\n  - {name: a, when: {newShape: false}, then: deny}\n"))
                .isNotEmpty();
    }
}
