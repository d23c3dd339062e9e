package io.sallyport.core.policy.decide;

import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.Quotable;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.policy.decide.StatementMasks.Choice;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.OutputItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The column masks of one statement. Where lineage is not exact the driver's base column decides, and what neither can show to be
 * clear is masked as a whole when the statement touches a table with a masked column.
 *
 * <p>Remembers the last result's columns and their masks, since a statement's results nearly always look alike.
 */
final class ColumnPlan implements ColumnMaskPlan {

    private final StatementMasks masks;
    /** What detectors do to columns that no column rule masks; {@code null}: no detector stands. */
    private final @Nullable ContentRules content;

    private final QuotedColumns quotes;
    private final MaskSet of;

    private volatile @Nullable Bound last;
    private volatile @Nullable Quoted quoted;

    ColumnPlan(StatementMasks masks, @Nullable ContentRules content, QuotedColumns quotes, MaskSet of) {
        this.quotes = quotes;
        this.masks = masks;
        this.content = content;
        this.of = of;
    }

    /** What messages may quote under one version of what is known of the schema. */
    private record Quoted(Catalogue known, Quotable what) {}

    @Override
    @SuppressWarnings("ReferenceEquality") // versions are told apart by identity
    public Quotable quotable(Catalogue known) {
        Quoted last = quoted;
        if (last == null || last.known != known) {
            last = new Quoted(known, quotes.in(known, of.clear(quotes.dialect(), known)));
            quoted = last;
        }
        return last.what;
    }

    @Override
    public boolean finds(@Nullable String message, Catalogue known) {
        if (content == null || message == null) {
            return content != null;
        }
        for (String label : quotes.labels(of.clear(quotes.dialect(), known))) {
            if (!message.equals(content.forLabel(label).text(message))) {
                return true;
            }
        }
        return false;
    }

    private record Bound(
            List<ResultColumn> columns, @Nullable ColumnMask @Nullable [] masks) {}

    @Override
    public @Nullable ColumnMask @Nullable [] bind(List<ResultColumn> columns) {
        Bound known = last;
        if (known != null && known.columns.equals(columns)) {
            return known.masks;
        }
        @Nullable ColumnMask @Nullable [] bound = work(columns);
        last = new Bound(List.copyOf(columns), bound);
        return bound;
    }

    private @Nullable ColumnMask @Nullable [] work(List<ResultColumn> columns) {
        @Nullable ColumnMask[] bound = new @Nullable ColumnMask[columns.size()];
        Alignment alignment = new Alignment(masks.lineage().items(), columns.size());
        boolean fits = alignment.fits();
        boolean driverKnows = columns.stream().anyMatch(ColumnPlan::hasBase);
        boolean any = false;
        for (int i = 0; i < bound.length; i++) {
            ResultColumn column = columns.get(i);
            Choice choice =
                    masks.relevant() ? choice(column, fits ? alignment.candidates(i) : List.of(), driverKnows) : null;
            if (choice != null) {
                bound[i] = choice.mask().within(column.type());
            } else if (content != null) {
                bound[i] = content.forLabel(column.label()).within(column.type());
            }
            any |= bound[i] != null;
        }
        return any ? bound : null;
    }

    private @Nullable Choice choice(ResultColumn column, List<OutputItem> candidates, boolean driverKnows) {
        Choice demanded = null;
        boolean clear = masks.lineage().exact() && !candidates.isEmpty();
        for (OutputItem item : candidates) {
            if (item instanceof OutputItem.Star star) {
                demanded = Choice.first(demanded, masks.byStar(star, column.label()));
            } else if (item instanceof OutputItem.Rest rest) {
                demanded = Choice.first(demanded, masks.byRest(rest));
            } else if (item instanceof OutputItem.Column its && (candidates.size() == 1 || couldBe(its, column))) {
                demanded = Choice.first(demanded, masks.byLineage(its));
                // Of another name it is another column: the table has changed since its columns were read.
                clear &= its.complete() && couldBe(its, column);
            }
        }
        boolean based = hasBase(column);
        if (based) {
            demanded = Choice.first(
                    demanded,
                    masks.byName(
                            emptyToNull(column.baseSchema()), text(column.baseTable()), text(column.baseColumn())));
        } else if (demanded != null && driverKnows && demanded.rule().partial()) {
            // The driver names the base columns of plain ones; this one is computed, and of a computed value a function
            // that
            // keeps a part may keep the wrong part.
            return new Choice(demanded.rule(), true);
        }
        // A name that is no table of the statement's, such as H2's UPDATE for the rows that FINAL TABLE (UPDATE …)
        // shows, tells nothing.
        boolean told = clear || based && masks.namesTable(text(column.baseTable()));
        return demanded != null || told ? demanded : masks.guess();
    }

    private static boolean couldBe(OutputItem.Column item, ResultColumn column) {
        String label = item.label();
        return label == null || label.equalsIgnoreCase(column.label());
    }

    private static boolean hasBase(ResultColumn column) {
        return !text(column.baseTable()).isEmpty() && !text(column.baseColumn()).isEmpty();
    }

    private static String text(@Nullable String s) {
        return s == null ? "" : s;
    }

    private static @Nullable String emptyToNull(@Nullable String s) {
        return s == null || s.isEmpty() ? null : s;
    }
}
