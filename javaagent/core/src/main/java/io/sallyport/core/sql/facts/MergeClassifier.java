package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Risk;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Merge;
import io.sallyport.core.sql.structure.MergeReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges MERGE. It reaches every row when its ON condition ties no row of the target to the source, and when it changes the rows
 * that are <em>not</em> matched by the source without a condition.
 */
final class MergeClassifier {

    private final Dialect dialect;
    private final Catalogue catalogue;
    private final Tokens t;
    private final Findings out;

    MergeClassifier(Dialect dialect, Catalogue catalogue, Tokens t, Findings out) {
        this.dialect = dialect;
        this.catalogue = catalogue;
        this.t = t;
        this.out = out;
    }

    void classify(Span s) {
        try {
            Merge merge = MergeReader.read(dialect, t, s);
            out.table(new TableUse(merge.target().schema(), merge.target().table(), Access.WRITE));
            new TableScan(dialect, t, out::table).reads(s);
            if (merge.source() == null) {
                // H2: MERGE INTO t KEY (id) VALUES (…) writes the rows it names.
                out.add(StatementKind.MERGE, Risk.LOW, Effect.WRITE.facts);
                return;
            }
            boolean unbounded = isUnbounded(merge);
            Effect effect = unbounded ? Effect.UNBOUNDED : Effect.WRITE;
            Risk risk = unbounded ? Risk.CRITICAL : merge.deletes(t) ? Risk.HIGH : Risk.LOW;
            out.add(StatementKind.MERGE, risk, effect.facts);
            if (!unbounded) {
                out.markBoundedWrite();
            }
        } catch (UnreadableException e) {
            out.add(StatementKind.MERGE, Risk.HIGH, Effect.OPAQUE.facts);
            new TableScan(dialect, t, out::table).reads(s);
        }
    }

    private boolean isUnbounded(Merge merge) {
        List<FromItem> tables = new ArrayList<>();
        tables.add(merge.target());
        if (merge.source() != null) {
            tables.add(merge.source());
        }
        TargetRows rows = new TargetRows(dialect, t, catalogue);
        boolean tied = merge.on() != null && rows.isFilter(merge.on(), merge.target(), tables);
        for (Merge.Branch branch : merge.branches()) {
            boolean changes = t.isAny(branch.action().from(), "UPDATE", "DELETE");
            boolean conditional =
                    branch.condition() != null && rows.isFilter(branch.condition(), merge.target(), tables);
            boolean where = oracleWhere(branch);
            if (changes && !conditional && !where && (!tied || branch.notMatchedBySource())) {
                return true;
            }
        }
        return false;
    }

    private boolean oracleWhere(Merge.Branch branch) {
        for (int i = branch.action().from();
                i < branch.action().to();
                i = t.skip(i, branch.action().to())) {
            if (t.is(i, "WHERE") && !t.is(i, TokenType.QUOTED)) {
                return true;
            }
        }
        return false;
    }
}
