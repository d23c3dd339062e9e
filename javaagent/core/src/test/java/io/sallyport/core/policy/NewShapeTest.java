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
        return load(book, "version: 1\nguard:\n  - {name: unknown, when: " + when + ", then: deny}\n");
    }

    private static CompiledPolicy load(ShapeBook book, String yaml) {
        try {
            return PolicyLoader.load(yaml, "policy.yaml", KeySource.NONE, 1, book);
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
    void anotherProgramInALiteralIsANewShape() {
        CompiledPolicy policy = policy(new ShapeBook(store), "{newShape: {after: 7d}}");
        denied(policy, "a.B.c:1", "DO $$ BEGIN PERFORM tidy(); END $$", START);

        assertThat(denied(policy, "a.B.c:1", "DO $$ BEGIN PERFORM tidy(); END $$ -- nightly", LATER))
                .isFalse();
        assertThat(denied(policy, "a.B.c:1", "DO $$ BEGIN DELETE FROM payments; END $$", LATER))
                .isTrue();
        assertThat(String.join("\n", store.lines)).doesNotContain("tidy");
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

    private ShapeBook full() {
        ShapeBook book = new ShapeBook(store);
        for (int i = 0; i < 20_000; i++) {
            book.isNew("t", "s", "f" + i, START, Duration.ofDays(7));
        }
        return book;
    }

    @Test
    void aFullBookCallsNothingNewWhileItLearns() {
        CompiledPolicy policy = policy(full(), "{newShape: {after: 7d}}");

        assertThat(denied(policy, "a.B.c:1", "SELECT x FROM t", START)).isFalse();
    }

    @Test
    void whatAFullBookCouldNotTakeIsRefusedOnceLearningIsOverAndPermittedByNoRule() {
        ShapeBook book = full();
        assertThat(book.isWhole()).isTrue();
        CompiledPolicy refusing = policy(book, "{newShape: {after: 7d}}");
        denied(refusing, "a.B.c:1", "SELECT x FROM t", START);

        assertThat(book.isWhole()).isFalse();
        assertThat(denied(refusing, "a.B.c:1", "SELECT x FROM t", LATER)).isTrue();
        CompiledPolicy permitting = load(book, """
            version: 1
            guard:
              - {name: no-selects, when: {kind: [read]}, then: deny}
              - {name: news, when: {newShape: {after: 7d}}, then: allow, override: [no-selects]}
            """);
        assertThat(denied(permitting, "a.B.c:1", "SELECT x FROM t", LATER)).isTrue();
    }

    @Test
    void thatABookCouldNotTakeAllOutlivesTheProcessHoweverItEnds() {
        ShapeBook book = full();
        book.isNew("t", "s", "one more", START, Duration.ofDays(7));

        assertThat(new ShapeBook(store).isWhole()).isFalse();
        book.save();
        ShapeBook next = new ShapeBook(store);
        assertThat(next.isWhole()).isFalse();
        assertThat(next.isNew("t", "s", "f7", LATER, Duration.ofDays(7))).isFalse();
        assertThat(next.isNew("t", "s", "one more", LATER, Duration.ofDays(7))).isTrue();
    }

    @Test
    void knownShapesAreNoCondition() {
        assertThat(Policies.errors("version: 1\nguard:\n  - {name: a, when: {newShape: false}, then: deny}\n"))
                .isNotEmpty();
    }
}
