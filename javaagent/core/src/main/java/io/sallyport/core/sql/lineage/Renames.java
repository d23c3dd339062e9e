package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Statements after which values are found under another name: renamed columns and tables, synonyms, partitions, children. */
final class Renames {

    /** What else than columns can be renamed inside a table. */
    private static final Set<String> NO_COLUMNS = Set.of("INDEX", "KEY", "CONSTRAINT", "PARTITION", "ATTRIBUTE");

    private final Dialect dialect;
    private final Tokens t;
    private final Copies copies;

    Renames(Work work, Tokens t) {
        this.dialect = work.dialect;
        this.t = t;
        this.copies = new Copies(work);
    }

    /** One action of ALTER TABLE or ALTER VIEW on {@code table}. */
    void action(TableName table, Span action) {
        int i = action.from();
        int to = action.to();
        switch (t.word(i)) {
            case "RENAME" -> rename(table, i + 1, to);
            case "CHANGE" -> {
                int old = TableName.at(t, t.is(i + 1, "COLUMN") ? i + 2 : i + 1).end() - 1;
                column(table, old, old + 1);
            }
            case "ALTER" -> {
                int old = t.is(i + 1, "COLUMN") ? i + 2 : i + 1;
                if (t.is(old + 1, "RENAME") && t.is(old + 2, "TO")) {
                    column(table, old, old + 3);
                }
            }
            case "SET" -> {
                if (t.is(i + 1, "SCHEMA")) {
                    copies.same(new TableName(t.name(i + 2), table.table(), i), table);
                }
            }
            case "ATTACH" -> copies.both(table, TableName.at(t, i + 2));
            case "INHERIT" -> copies.both(table, TableName.at(t, i + 1));
            case "EXCHANGE", "SWITCH" -> exchanged(table, i, to);
            default -> {}
        }
    }

    private void rename(TableName table, int from, int to) {
        int i = t.is(from, "COLUMN") && !t.is(from + 1, "TO") ? from + 1 : from;
        boolean column = i > from || t.isName(i) && t.is(i + 1, "TO") && i + 2 < to;
        if (t.is(i, TokenType.WORD) && NO_COLUMNS.contains(t.word(i)) && !t.is(i + 1, "TO")) {
            return;
        }
        if (column && !t.is(i, "TO")) {
            i = t.isAny(i, "IF") ? i + 2 : i;
            column(table, i, i + 2);
            return;
        }
        table(table, t.isAny(i, "TO", "AS") || t.isOp(i, "=") ? i + 1 : i);
    }

    private void column(TableName table, int old, int name) {
        if (t.isName(old) && t.isName(name)) {
            copies.column(table.schema(), table.table(), t.name(name), Out.base(table.column(t.name(old))));
        }
    }

    private void table(TableName old, int name) {
        TableName other = TableName.at(t, name);
        if (!other.isEmpty()) {
            // Renamed within its schema where none is named.
            copies.same(other.schema() == null ? new TableName(old.schema(), other.table(), 0) : other, old);
        }
    }

    /** EXCHANGE PARTITION p WITH TABLE other, SWITCH TO other: rows change places. */
    private void exchanged(TableName table, int from, int to) {
        int at = Clauses.find(t, from, to, Set.of("TABLE", "TO"));
        TableName other = TableName.at(t, at + 1);
        if (!other.isEmpty()) {
            copies.both(table, other);
        }
    }

    /** RENAME TABLE a TO b, c TO d; Oracle's RENAME a TO b. */
    void statement(Span s) {
        int list = t.isAny(s.from() + 1, "TABLE", "TABLES") ? s.from() + 2 : s.from() + 1;
        for (Span each : Clauses.commaSeparated(t, list, s.to())) {
            TableName old = TableName.at(t, each.from());
            int to = Clauses.find(t, old.end(), each.to(), "TO");
            if (!old.isEmpty() && to < each.to()) {
                table(old, to + 1);
            }
        }
    }

    /** CREATE SYNONYM name FOR other, the keyword being at {@code i}. */
    void synonym(int i, Span s) {
        TableName name = TableName.at(t, i + 1);
        int target = Clauses.find(t, name.end(), s.to(), "FOR");
        copies.same(name, TableName.at(t, target + 1));
    }

    /** SQL Server's ALTER SCHEMA s TRANSFER table. */
    void transferred(Span s) {
        int transfer = Clauses.find(t, s.from(), s.to(), "TRANSFER");
        if (transfer < s.to()) {
            TableName table = TableName.at(t, t.isOp(transfer + 2, "::") ? transfer + 3 : transfer + 1);
            copies.same(new TableName(t.name(s.from() + 2), table.table(), 0), table);
        }
    }

    /** SQL Server's {@code EXEC sp_rename 'table.column', 'name', 'COLUMN'}. */
    void procedure(Span s) {
        boolean renames = false;
        List<String> arguments = new ArrayList<>();
        for (int i = s.from(); i < s.to(); i++) {
            renames |= t.isName(i) && t.name(i).equals("sp_rename");
            if (t.is(i, TokenType.STRING)) {
                arguments.add(t.content(i));
            }
        }
        if (dialect != Dialect.TSQL || !renames || arguments.size() < 2) {
            return;
        }
        TableName old = TableName.of(arguments.get(0));
        TableName name = TableName.of(arguments.get(1));
        String owner = old.schema();
        if (owner != null) {
            // schema.table and table.column look alike.
            copies.column(null, owner, name.table(), Out.base(new TableName(null, owner, 0).column(old.table())));
        }
        copies.same(new TableName(null, name.table(), 0), new TableName(null, old.table(), 0));
    }
}
