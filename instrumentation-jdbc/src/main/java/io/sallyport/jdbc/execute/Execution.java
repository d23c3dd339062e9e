package io.sallyport.jdbc.execute;

import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Passage;
import io.sallyport.jdbc.state.Frame;
import io.sallyport.jdbc.state.StatementState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One admitted execution, from the verdict to the driver's return: the token of enter and exit advice. */
final class Execution extends Frame {

    /** Texts that are compared one by one. */
    private static final int FEW = 8;

    private final StatementState statement;
    private final Passage passage;
    private final SqlAnalysis analysis;
    /** All of them where a batch holds several texts; else {@code null}, since a list for one would be made at each execution. */
    private final @Nullable List<Passage> passages;

    private final @Nullable List<SqlAnalysis> analyses;
    /** Number of entries of the batch; -1 for a plain execution. */
    private final int batchSize;
    /** Calls of the driver's own methods for the same statement, inside this one on the same thread. */
    private int nested;

    private boolean wholeRow;
    private @Nullable Set<String> texts;
    private @Nullable Obligations wider;
    private int @Nullable [] order;

    Execution(StatementState statement, Passage passage, SqlAnalysis analysis, int batchSize) {
        this.statement = statement;
        this.passage = passage;
        this.analysis = analysis;
        this.passages = null;
        this.analyses = null;
        this.batchSize = batchSize;
    }

    /** @param passages one per text, in the order of {@code analyses}; at least one */
    Execution(StatementState statement, List<Passage> passages, List<SqlAnalysis> analyses, int batchSize) {
        this.statement = statement;
        this.passage = passages.get(0);
        this.analysis = analyses.get(0);
        this.passages = passages;
        this.analyses = analyses;
        this.batchSize = batchSize;
    }

    StatementState statement() {
        return statement;
    }

    boolean isBatch() {
        return batchSize >= 0;
    }

    /** @param of each entry of the batch, which part it belongs to */
    void ordered(int[] of) {
        order = of;
    }

    /** Whether that entry of the batch belongs to that part; of one part all do. */
    boolean isOf(int entry, int part) {
        int[] known = order;
        return known == null ? parts() == 1 : entry < known.length && known[entry] == part;
    }

    int batchSize() {
        return batchSize;
    }

    /** Number of different texts. */
    int parts() {
        return passages == null ? 1 : passages.size();
    }

    SqlAnalysis analysis(int part) {
        return analyses == null ? analysis : analyses.get(part);
    }

    Passage passage(int part) {
        return passages == null ? passage : passages.get(part);
    }

    List<SqlAnalysis> analyses() {
        return analyses == null ? List.of(analysis) : analyses;
    }

    List<Passage> passages() {
        return passages == null ? List.of(passage) : passages;
    }

    /** What was sent was more than what was admitted first: both count. */
    void wider(@Nullable Obligations both) {
        wider = both;
    }

    Obligations obligations() {
        Obligations both = wider;
        if (both != null) {
            return both;
        }
        return parts() == 1 ? passage.obligations() : Obligations.NONE;
    }

    /** Whether any part of it meets a masked column. */
    boolean isUnderMasks() {
        if (obligations().columns() != ColumnMaskPlan.NONE) {
            return true;
        }
        for (int i = 0; i < parts(); i++) {
            if (passage(i).obligations().columns() != ColumnMaskPlan.NONE) {
                return true;
            }
        }
        return false;
    }

    /** Whether any part of it may leave behind what is quoted when no statement is asked any more. */
    boolean mayQuoteLater() {
        Catalogue known = statement.connection().currentCatalogue();
        if (ClearMessages.mayQuoteLater(obligations().columns(), known)) {
            return true;
        }
        for (int i = 0; i < parts(); i++) {
            if (ClearMessages.mayQuoteLater(passage(i).obligations().columns(), known)) {
                return true;
            }
        }
        return false;
    }

    /** The driver may read the tables of this call for itself: what it reads reaches the application through masking getters. */
    void coversReads() {
        wholeRow = true;
    }

    Execution nest() {
        nested++;
        return this;
    }

    /** Whether an inner call ends, and not this one. */
    boolean unnest() {
        if (nested == 0) {
            return false;
        }
        nested--;
        return true;
    }

    /** Whether that is the text of one of them, its parameters numbered. */
    boolean sends(String sent) {
        if (parts() > FEW) {
            Set<String> all = texts;
            if (all == null) {
                all = new HashSet<>();
                for (SqlAnalysis a : analyses()) {
                    all.add(a.sql());
                }
                texts = all;
            }
            if (all.contains(sent)) {
                return true;
            }
        }
        for (int i = 0; i < parts(); i++) {
            if (NumberedText.is(analysis(i).sql(), sent, isBatch())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isSame(SqlAnalysis inner) {
        for (SqlAnalysis a : analyses()) {
            if (a == inner || a.sql().equals(inner.sql())) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code inner} is what the driver makes of an admitted text: escapes translated, a clause for keys appended. */
    boolean isTranslated(SqlAnalysis inner) {
        for (SqlAnalysis a : analyses()) {
            if (a.kinds().equals(inner.kinds())
                    && a.facts().equals(inner.facts())
                    && a.tables().equals(inner.tables())
                    && a.lineage().equals(inner.lineage())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the driver sends {@code inner} for itself inside this call. A write of the same effect is not enough, but where the driver
     * makes the text: of a row that is written back.
     */
    boolean makes(SqlAnalysis inner) {
        for (SqlAnalysis a : analyses()) {
            if (Nesting.isForItself(inner)
                    || DriverMade.isOutParameters(a, inner)
                    || (wholeRow && (Nesting.covers(a, inner) || Nesting.isReadOfSameTables(a, inner)))) {
                return true;
            }
        }
        return isBatch() && Nesting.coversJoined(analyses(), inner);
    }

    @Override
    public boolean covers(SqlAnalysis inner) {
        for (SqlAnalysis a : analyses()) {
            if (Nesting.covers(a, inner)
                    || DriverMade.isOutParameters(a, inner)
                    || (wholeRow && Nesting.isReadOfSameTables(a, inner))) {
                return true;
            }
        }
        return isBatch() && Nesting.coversJoined(analyses(), inner);
    }
}
