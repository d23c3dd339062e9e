package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.RowLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The masks that stand for a caller at one place, with a plan for each statement seen. */
final class MaskSet {

    private final ColumnRule[] columns;
    private final ColumnRule[] sensitive;
    private final @Nullable ContentRules content;
    private final BodyBook bodies;
    private final AnalysisCache<Answer> statements = new AnalysisCache<>();
    /** Made once: a method reference at its use is an object per call. */
    private final Function<SqlAnalysis, Answer> work = this::statement;

    private volatile @Nullable ClearTables clear;

    /** @param sensitive column rules of all masks of the place: what one caller may see is as sensitive when it is copied */
    MaskSet(List<BoundMask> masks, ColumnRule[] sensitive, Detectors detectors) {
        this.sensitive = sensitive;
        this.columns = columnRules(masks);
        this.content = ContentRules.of(masks, detectors);
        this.bodies = new BodyBook(masks, detectors);
    }

    static ColumnRule[] columnRules(List<BoundMask> masks) {
        List<ColumnRule> rules = new ArrayList<>();
        for (BoundMask mask : masks) {
            if (!mask.rule.columns().isEmpty()) {
                rules.add(new ColumnRule(mask.rule, rules.size()));
            }
        }
        return rules.toArray(new ColumnRule[0]);
    }

    /** Tables that none of the rules is about, by what is known of the schema now. */
    ClearTables clear(Dialect dialect, Catalogue catalogue) {
        ClearTables last = clear;
        if (last == null || !last.areOf(dialect, catalogue)) {
            last = new ClearTables(columns, dialect, catalogue);
            clear = last;
        }
        return last;
    }

    Answer answer(Command command) {
        if (command instanceof SqlCommand sql) {
            return answer(sql.analysis());
        }
        return command instanceof HttpCommand http ? bodies.answer(http) : Answer.NOTHING;
    }

    Answer answer(SqlAnalysis analysis) {
        return sensitive.length == 0 && content == null ? Answer.NOTHING : statements.get(analysis, work);
    }

    private Answer statement(SqlAnalysis analysis) {
        StatementMasks masks = new StatementMasks(columns, analysis);
        List<Lineage.Copy> copies = SensitiveCopies.of(analysis, sensitive);
        boolean shows = masks.relevant() || content != null;
        if (!shows && copies.isEmpty()) {
            return Answer.NOTHING;
        }
        ColumnMaskPlan plan =
                shows ? new ColumnPlan(masks, content, new QuotedColumns(masks, analysis), this) : ColumnMaskPlan.NONE;
        return Answer.of(
                new Obligations(plan, BodyMaskPlan.NONE, RowLimits.NONE, AnswerRules.NONE, copies),
                masks.expected(),
                WriteBack.of(analysis, columns),
                SensitiveCopies.outOfReach(analysis, copies, columns));
    }
}
