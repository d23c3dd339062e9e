package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Risk;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Merge;
import io.sallyport.core.sql.structure.MergeReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges MERGE. It reaches every row when its ON condition ties no row of the target to the source, and when it changes the rows
 * that are <em>not</em> matched by the source without a condition.
 */
final class MergeClassifier {

    private final Context c;
    private final Tokens t;

    MergeClassifier(Context c) {
        this.c = c;
        this.t = c.t();
    }

    void classify(Span s) {
        try {
            Merge merge = MergeReader.read(c.dialect(), t, s);
            c.out().table(new TableUse(merge.target().schema(), merge.target().table(), Access.WRITE));
            c.reads(s);
            if (merge.source() == null) {
                // H2: MERGE INTO t KEY (id) VALUES (…) writes the rows it names.
                c.out().add(StatementKind.MERGE, Risk.LOW, Effect.WRITE.facts);
                return;
            }
            TargetRows rows = new TargetRows(c, s.from());
            boolean unbounded = isUnbounded(merge, rows);
            Effect effect = unbounded ? Effect.UNBOUNDED : Effect.WRITE;
            Risk risk = unbounded ? Risk.CRITICAL : merge.deletes(t) ? Risk.HIGH : Risk.LOW;
            c.out().add(StatementKind.MERGE, risk, effect.facts);
            if (!unbounded) {
                c.out().markBoundedWrite(rows.doubtful());
            }
        } catch (UnreadableException e) {
            c.out().add(StatementKind.MERGE, Risk.HIGH, Effect.OPAQUE.facts);
            c.reads(s);
        }
    }

    private boolean isUnbounded(Merge merge, TargetRows rows) {
        List<FromItem> tables = new ArrayList<>();
        tables.add(merge.target());
        if (merge.source() != null) {
            tables.add(merge.source());
        }
        boolean tied = merge.on() != null && rows.isFilter(merge.on(), merge.target(), tables);
        for (Merge.Branch branch : merge.branches()) {
            boolean changes = t.isAny(branch.action().from(), "UPDATE", "DELETE");
            boolean conditional =
                    branch.condition() != null && rows.isFilter(branch.condition(), merge.target(), tables);
            Span where = oracleWhere(branch);
            conditional |= where != null && rows.isFilter(where, merge.target(), tables);
            if (changes && !conditional && (!tied || branch.notMatchedBySource())) {
                return true;
            }
        }
        return false;
    }

    /** Oracle: {@code THEN UPDATE SET … WHERE … DELETE WHERE …}; the first counts, unless it's DELETE's. */
    private @Nullable Span oracleWhere(Merge.Branch branch) {
        int to = branch.action().to();
        int where = Clauses.find(t, branch.action().from(), to, "WHERE");
        boolean ofDelete = where - 1 > branch.action().from() && t.is(where - 1, "DELETE");
        return where == to || ofDelete ? null : new Span(where + 1, Clauses.find(t, where, to, "DELETE"));
    }
}
