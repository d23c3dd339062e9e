package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Passage;
import io.sallyport.jdbc.state.Frame;
import io.sallyport.jdbc.state.StatementState;
import java.util.List;

/** One admitted execution, from the verdict to the driver's return: the token of enter and exit advice. */
final class Execution extends Frame {

    private final StatementState statement;
    private final List<Passage> passages;
    private final List<SqlAnalysis> analyses;
    /** Number of entries of the batch; -1 for a plain execution. */
    private final int batchSize;
    /** Calls of the driver's own methods for the same statement, inside this one on the same thread. */
    private int nested;

    private boolean wholeRow;

    Execution(StatementState statement, List<Passage> passages, List<SqlAnalysis> analyses, int batchSize) {
        this.statement = statement;
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

    int batchSize() {
        return batchSize;
    }

    List<SqlAnalysis> analyses() {
        return analyses;
    }

    List<Passage> passages() {
        return passages;
    }

    Obligations obligations() {
        return passages.size() == 1 ? passages.get(0).obligations() : Obligations.NONE;
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

    @Override
    public boolean isSame(SqlAnalysis inner) {
        for (SqlAnalysis a : analyses) {
            if (a == inner || a.sql().equals(inner.sql())) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code inner} is what the driver makes of an admitted text: escapes translated, a clause for keys appended. */
    boolean isTranslated(SqlAnalysis inner) {
        for (SqlAnalysis a : analyses) {
            if (a.kinds().equals(inner.kinds())
                    && a.facts().equals(inner.facts())
                    && a.tables().equals(inner.tables())
                    && a.lineage().equals(inner.lineage())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean covers(SqlAnalysis inner) {
        for (SqlAnalysis a : analyses) {
            if (Nesting.covers(a, inner) || (wholeRow && Nesting.isReadOfSameTables(a, inner))) {
                return true;
            }
        }
        return false;
    }
}
