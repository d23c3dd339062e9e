package io.sallyport.it.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Statements written by hand, from {@code statements.txt}: constructs that chance rarely puts together, or whose names mislead.
 * What they write is told by {@code table | statement}; the truth is in what the server returns, so that no expectation stands there.
 */
final class Statements {

    private Statements() {}

    /** Their seeds are the negative numbers of their lines, comments not counted. */
    static List<Statement> of(Grammar grammar) {
        List<Statement> statements = new ArrayList<>();
        for (String line : Templates.lines(grammar.dialect(), "statements")) {
            int bar = line.indexOf(" | ");
            String written = bar > 0 && line.substring(0, bar).matches("[a-z]+") ? line.substring(0, bar) : "";
            String sql = written.isEmpty() ? line : line.substring(bar + 3);
            long seed = -(statements.size() + 1L);
            statements.add(new Statement(seed, sql, written, written.equals("made"), Set.of()));
        }
        return statements;
    }
}
