package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table or another object as it stands in a text.
 *
 * @param schema folded; {@code null} without one
 * @param table folded
 * @param end index of the token behind the name
 */
record TableName(@Nullable String schema, String table, int end) {

    /** The name at {@code i}, behind words that only qualify it; empty where none stands there. */
    static TableName at(Tokens t, int i) {
        int j = i;
        while (t.isAny(j, "IF", "NOT", "EXISTS", "ONLY") && (t.isName(j + 1))) {
            j++;
        }
        if (!t.isName(j)) {
            return new TableName(null, "", j);
        }
        String schema = null;
        String table = t.name(j++);
        int link = table.indexOf('@');
        while (t.is(j, TokenType.DOT) && t.isName(j + 1)) {
            if (link <= 0) {
                schema = table;
                table = t.name(j + 1);
                link = table.indexOf('@');
            }
            j += 2;
        }
        if (link > 0) {
            // Oracle's link to a database, which may be this one.
            table = table.substring(0, link);
        }
        return new TableName(schema, table, t.isOp(j, "*") ? j + 1 : j);
    }

    /** A name that is the content of a string: {@code dbo.[a.b]}. */
    static TableName of(String text) {
        String schema = null;
        String table = "";
        StringBuilder part = new StringBuilder();
        int quotes = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '[' || c == ']' || c == '"' || c == '`') {
                quotes += c == '[' ? 1 : c == ']' ? -1 : quotes > 0 ? -1 : 1;
            } else if (c == '.' && (quotes == 0 || i == text.length())) {
                schema = table.isEmpty() ? null : table;
                table = Names.fold(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        return new TableName(schema, table, 0);
    }

    boolean isEmpty() {
        return table.isEmpty();
    }

    ColumnOrigin column(String name) {
        return new ColumnOrigin(schema, table, name);
    }

    /** Every column, each under its own name. */
    ColumnOrigin same() {
        return column(ColumnOrigin.SAME);
    }
}
