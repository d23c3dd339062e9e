package io.sallyport.core.policy.decide;

import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Inheritance;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.lex.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which mask an output column of one statement gets, told from lineage and, where the driver knows it, from the base column. The
 * two witnesses add up: either can demand a mask, and of two demands the earlier rule wins.
 */
final class StatementMasks {

    /** A mask to be set: a rule, and whether the value must be hidden as a whole. */
    record Choice(ColumnRule rule, boolean whole) {
        ColumnMask mask() {
            return whole ? rule.closed : rule.mask;
        }

        static @Nullable Choice first(@Nullable Choice a, @Nullable Choice b) {
            if (a == null || b == null) {
                return a == null ? b : a;
            }
            if (a.rule == b.rule) {
                return a.whole ? a : b;
            }
            return a.rule.order < b.rule.order ? a : b;
        }
    }

    private static final Pattern NAMES = Pattern.compile("\"[^\"]+\"|`[^`]+`|\\[[^]]+]|[\\p{L}_][\\p{L}\\p{N}_$#]*");

    private final ColumnRule[] rules;
    private final Lineage lineage;
    private final List<TableUse> tables;
    private final @Nullable Choice guess;
    private final boolean relevant;

    StatementMasks(ColumnRule[] rules, SqlAnalysis analysis) {
        this.rules = rules;
        this.lineage = analysis.lineage();
        this.tables = analysis.tables();
        ColumnRule near = nearest(rules, analysis.tables(), lineage.inherited());
        if (near == null && !lineage.exact()) {
            near = mentioned(rules, analysis.sql());
        }
        boolean blind = analysis.facts().opaque()
                || (!lineage.exact() && analysis.tables().isEmpty());
        if (near == null && blind && rules.length > 0) {
            near = rules[0];
        }
        this.guess = near == null ? null : new Choice(near, true);
        this.relevant = near != null || namesSensitiveColumn() || mentionsCopies();
    }

    /** The first rule that could mean a column of one of the tables. */
    private static @Nullable ColumnRule nearest(ColumnRule[] rules, List<TableUse> tables, Inheritance inherited) {
        for (ColumnRule rule : rules) {
            for (TableUse use : tables) {
                if (matchesTable(rule, use.schema(), use.table(), inherited)) {
                    return rule;
                }
            }
        }
        return null;
    }

    /**
     * The first rule one of whose tables the text could name. Of a statement that couldn't be followed the list of tables may be short.
     */
    private static @Nullable ColumnRule mentioned(ColumnRule[] rules, String sql) {
        Matcher names = NAMES.matcher(sql);
        while (names.find()) {
            String name = names.group().replaceAll("^[\"`\\[]|[\"`\\]]$", "");
            for (ColumnRule rule : rules) {
                if (rule.matchesTable(null, Names.fold(name))) {
                    return rule;
                }
            }
        }
        return null;
    }

    /** Whether a column of the table could be meant, or one that the table holds a copy of. */
    private static boolean matchesTable(ColumnRule rule, @Nullable String schema, String table, Inheritance inherited) {
        if (rule.matchesTable(schema, table)) {
            return true;
        }
        for (ColumnOrigin origin : inherited.of(schema, table, ColumnOrigin.WHOLE_ROW)) {
            if (rule.matches(origin)) {
                return true;
            }
        }
        return false;
    }

    private boolean namesSensitiveColumn() {
        for (OutputItem item : lineage.items()) {
            if (byItem(item) != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it may use a copy, wherever that is: of a variable or setting in a condition an error quotes the value, and so does stored code that
     * raises one.
     */
    boolean mentionsCopies() {
        return byOrigins(lineage.inherited().ofAll()) != null;
    }

    Lineage lineage() {
        return lineage;
    }

    boolean hasRules() {
        return rules.length > 0;
    }

    /** {@code false} when no output of the statement can carry a masked column. */
    boolean relevant() {
        return relevant;
    }

    /** Whether the statement names a table so, in whatever case. */
    boolean namesTable(String table) {
        return tables.stream().anyMatch(use -> use.table().equalsIgnoreCase(table));
    }

    /** What a column gets of which nothing is known; {@code null} when the statement touches nothing that is masked. */
    @Nullable
    Choice guess() {
        return guess;
    }

    /** What lineage demands for a column of the output list. */
    @Nullable
    Choice byLineage(OutputItem.Column column) {
        return byOrigins(column.origins());
    }

    /** What lineage demands for any of the columns. */
    @Nullable
    Choice byRest(OutputItem.Rest rest) {
        return byOrigins(rest.origins());
    }

    /** What lineage demands for the item, or for one of its columns at least. */
    @Nullable
    Choice byItem(OutputItem item) {
        if (item instanceof OutputItem.Star star) {
            ColumnRule rule = byTable(star);
            return rule == null ? null : new Choice(rule, false);
        }
        return item instanceof OutputItem.Rest rest ? byRest(rest) : byLineage((OutputItem.Column) item);
    }

    /** What lineage demands for a column of {@code star} with this label. */
    @Nullable
    Choice byStar(OutputItem.Star star, String label) {
        Choice choice = byName(star.schema(), star.table(), label);
        for (OutputItem.Column written : star.written()) {
            String column = written.label();
            if (column == null || column.equalsIgnoreCase(label)) {
                choice = Choice.first(choice, byLineage(written));
            }
        }
        return choice;
    }

    /** The rule that a column of {@code star} could meet. */
    @Nullable
    ColumnRule byTable(OutputItem.Star star) {
        for (OutputItem.Column written : star.written()) {
            Choice choice = byLineage(written);
            if (choice != null) {
                return choice.rule();
            }
        }
        for (ColumnRule rule : rules) {
            if (matchesTable(rule, star.schema(), star.table(), lineage.inherited())) {
                return rule;
            }
        }
        return null;
    }

    @Nullable
    Choice byName(@Nullable String schema, String table, String column) {
        for (ColumnRule rule : rules) {
            if (rule.matches(schema, table, column)) {
                return new Choice(rule, false);
            }
        }
        // A driver tells names in the server's case (H2, Oracle: capitals), which is not how they are kept here.
        return byOrigins(lineage.inherited()
                .of(schema == null ? null : Names.fold(schema), Names.fold(table), Names.fold(column)));
    }

    /**
     * The first rule that one of the origins meets. Where origins of several rules are mixed, or a whole row is read, the rule's
     * own function could let through what another rule hides, and the value is hidden as a whole. So it is where the value was
     * computed and the function keeps a part, which would be another part of the column's value each time.
     */
    @Nullable
    Choice byOrigins(Collection<ColumnOrigin> origins) {
        ColumnRule first = null;
        boolean whole = false;
        for (ColumnOrigin origin : origins) {
            ColumnRule its = rule(origin);
            if (its != null) {
                whole |= origin.column().equals(ColumnOrigin.WHOLE_ROW)
                        || origin.computed() && its.partial()
                        || (first != null && first != its);
                first = first == null || its.order < first.order ? its : first;
            }
        }
        return first == null ? null : new Choice(first, whole);
    }

    private @Nullable ColumnRule rule(ColumnOrigin origin) {
        for (ColumnRule rule : rules) {
            if (rule.matches(origin)) {
                return rule;
            }
        }
        return null;
    }

    /** Names of the rules that the statement's output is expected to meet, for the record. */
    List<String> expected() {
        List<String> names = new ArrayList<>();
        for (OutputItem item : lineage.items()) {
            Choice choice = byItem(item);
            boolean unsure = item instanceof OutputItem.Column column && !(lineage.exact() && column.complete());
            add(names, choice == null && unsure ? guess : choice);
        }
        if (lineage.items().isEmpty() && !lineage.exact()) {
            add(names, guess);
        }
        return names;
    }

    private static void add(List<String> names, @Nullable Choice choice) {
        if (choice != null && !names.contains(choice.rule().rule.name())) {
            names.add(choice.rule().rule.name());
        }
    }
}
