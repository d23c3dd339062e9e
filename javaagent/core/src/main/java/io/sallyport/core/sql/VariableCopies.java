package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a text that could not be followed may have put into the variables that it mentions: every column that it reads. Of one that
 * could be followed the lineage says it.
 */
final class VariableCopies {
    private VariableCopies() {}

    static Lineage added(Dialect dialect, Tokens tokens, Set<TableUse> tables, Lineage lineage) {
        if (lineage.exact()
                || dialect == Dialect.POSTGRESQL
                || dialect == Dialect.ORACLE
                || dialect == Dialect.SQLITE) {
            return lineage;
        }
        Set<String> variables = variables(tokens);
        List<ColumnOrigin> values = variables.isEmpty() ? List.of() : values(tables);
        if (values.isEmpty()) {
            return lineage;
        }
        List<Lineage.Copy> copies = new ArrayList<>(lineage.copies());
        for (String variable : variables) {
            copies.add(new Lineage.Copy(new ColumnOrigin(null, variable, variable), values));
        }
        return new Lineage(lineage.items(), false, copies, lineage.influences(), lineage.inherited());
    }

    static Set<String> variables(Tokens t) {
        Set<String> variables = new LinkedHashSet<>();
        for (int i = 0; i < t.size(); i++) {
            if (t.is(i, TokenType.PARAM) && t.text(i).startsWith("@")) {
                variables.add(Names.variable(t.text(i)));
            }
        }
        return variables;
    }

    private static List<ColumnOrigin> values(Set<TableUse> tables) {
        List<ColumnOrigin> values = new ArrayList<>();
        for (TableUse use : tables) {
            if (use.access() == TableUse.Access.READ) {
                values.add(new ColumnOrigin(use.schema(), use.table(), ColumnOrigin.WHOLE_ROW));
            }
        }
        return values;
    }
}
