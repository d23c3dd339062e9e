package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * MySQL's user variables keep a value from one statement to the next (MySQL manual, 11.4). Each counts as a table with one column,
 * both named like it; what a statement assigns to one may come from every column that it puts out or, where that is not known, reads.
 */
final class VariableCopies {
    private VariableCopies() {}

    static Lineage added(Dialect dialect, Tokens tokens, Set<TableUse> tables, Lineage lineage) {
        if (dialect != Dialect.MYSQL && dialect != Dialect.GENERIC) {
            return lineage;
        }
        Set<String> assigned = assigned(tokens);
        List<ColumnOrigin> values = assigned.isEmpty() ? List.of() : values(tables, lineage);
        if (values.isEmpty()) {
            return lineage;
        }
        List<Lineage.Copy> copies = new ArrayList<>(lineage.copies());
        for (String variable : assigned) {
            copies.add(new Lineage.Copy(new ColumnOrigin(null, variable, variable), values));
        }
        return new Lineage(lineage.items(), lineage.exact(), copies, lineage.influences(), lineage.inherited());
    }

    private static Set<String> assigned(Tokens t) {
        Set<String> assigned = new LinkedHashSet<>();
        boolean into = false;
        boolean set = t.is(0, "SET");
        for (int i = 0; i < t.size(); i++) {
            if (t.is(i, "INTO")) {
                into = true;
            } else if (isVariable(t, i)) {
                if (into || t.isOp(i + 1, ":=") || (set && t.isOp(i + 1, "="))) {
                    assigned.add(t.text(i).toLowerCase(Locale.ROOT));
                }
            } else if (!t.is(i, TokenType.COMMA)) {
                into = false;
            }
        }
        return assigned;
    }

    private static boolean isVariable(Tokens t, int i) {
        return t.is(i, TokenType.PARAM)
                && t.text(i).startsWith("@")
                && !t.text(i).startsWith("@@");
    }

    private static List<ColumnOrigin> values(Set<TableUse> tables, Lineage lineage) {
        Set<ColumnOrigin> values = new LinkedHashSet<>();
        boolean known = lineage.exact() && !lineage.items().isEmpty();
        for (OutputItem item : lineage.items()) {
            if (item instanceof OutputItem.Column column) {
                values.addAll(column.origins());
                known &= column.complete();
            } else {
                known = false;
            }
        }
        if (!known) {
            for (TableUse use : tables) {
                if (use.access() == TableUse.Access.READ) {
                    values.add(new ColumnOrigin(use.schema(), use.table(), ColumnOrigin.WHOLE_ROW));
                }
            }
        }
        return List.copyOf(values);
    }
}
