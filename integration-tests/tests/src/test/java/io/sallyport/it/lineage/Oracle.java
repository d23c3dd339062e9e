package io.sallyport.it.lineage;

import io.sallyport.it.lineage.Explain.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what statements really return and write against what the product says of them. */
final class Oracle {

    private final Variants variants;
    private final List<String> leaks = new ArrayList<>();
    private final List<String> overMasked = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final TreeMap<String, Integer> errors = new TreeMap<>();
    private int statements;
    private int failed;
    private int membership;
    private int positions;
    private int masked;
    /** Masked positions that did not change. */
    private int unseen;
    /** Those of them that hold nothing made of a sensitive value. */
    private int needless;

    private int writes;
    private int copying;
    private int needlessCopies;

    Oracle(Variants variants) {
        this.variants = variants;
    }

    void judge(Statement statement, Answer answer) throws SQLException {
        statements++;
        List<Result> results = variants.run(statement);
        Result last = results.get(results.size() - 1);
        if (!last.error().isEmpty()) {
            failed++;
            if (statement.seed() < 0) {
                broken.add(last.error() + ": " + statement.sql());
            }
            errors.merge(last.error().lines().findFirst().orElse(""), 1, Integer::sum);
            return;
        }
        Comparison comparison = new Comparison(results);
        if (statement.writes()) {
            written(statement, answer, comparison);
        }
        if (comparison.membershipChanged() || comparison.isCut()) {
            membership++;
            return;
        }
        returned(statement, answer, comparison);
    }

    private void returned(Statement statement, Answer answer, Comparison comparison) {
        Set<Integer> leaking = new TreeSet<>(comparison.changed());
        leaking.removeIf(answer::masks);
        if (!leaking.isEmpty()) {
            leaks.add("positions " + leaking + " change and are not masked: " + describe(statement, answer));
        } else if (!comparison.same(i -> !answer.masks(i))) {
            leaks.add("positions that are not masked change together: " + describe(statement, answer));
        }
        positions += comparison.columns();
        for (int p = 0; p < comparison.columns(); p++) {
            int position = p;
            if (answer.masks(p) && !comparison.isEmpty(p)) {
                masked++;
                if (comparison.same(i -> i == position) && comparison.same(i -> i == position || !answer.masks(i))) {
                    unseen++;
                    if (statement.tainted().contains(position)) {
                        continue;
                    }
                    needless++;
                    overMasked.add("position " + p + ": " + describe(statement, answer));
                }
            }
        }
    }

    private void written(Statement statement, Answer answer, Comparison comparison) {
        writes++;
        boolean copies = !comparison.sameWritten();
        copying += copies ? 1 : 0;
        if (copies && !answer.copiesSensitive()) {
            leaks.add("a sensitive value is written and copiesSensitive is false: " + describe(statement, answer));
        }
        needlessCopies += !copies && answer.copiesSensitive() ? 1 : 0;
    }

    private static String describe(Statement statement, Answer answer) {
        return "seed " + statement.seed() + ", masked "
                + (answer.all() ? "all" : new TreeSet<>(answer.masked()).toString()) + "\n    " + statement.sql();
    }

    List<String> leaks() {
        return leaks;
    }

    List<String> overMasked() {
        return overMasked;
    }

    /** Statements written by hand that the server refuses. */
    List<String> broken() {
        return broken;
    }

    int failedPercent() {
        return 100 * failed / Math.max(1, statements);
    }

    /**
     * Of all positions that came back, those masked although nothing sensitive reached them: neither did the value change, nor does the
     * text say that it could with other data.
     */
    double overMaskedPercent() {
        return 100.0 * needless / Math.max(1, positions);
    }

    int maskedPositions() {
        return masked;
    }

    TreeMap<String, Integer> errors() {
        return errors;
    }

    @Override
    public String toString() {
        return "%d statements (%d failed on the server, %d with rows that depend on sensitive values or are too many), %d positions, %d masked, %d of them did not change, %d hold nothing sensitive (%.2f %% of all), %d writes, %d copy (%d more said to), %d leaks"
                .formatted(
                        statements,
                        failed,
                        membership,
                        positions,
                        masked,
                        unseen,
                        needless,
                        overMaskedPercent(),
                        writes,
                        copying,
                        needlessCopies,
                        leaks.size());
    }
}
