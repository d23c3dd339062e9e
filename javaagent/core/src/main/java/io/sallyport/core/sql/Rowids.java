package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * SQLite's row numbers: a column of type INTEGER that is the primary key is the row's number under another name (sqlite.org, "Rowid
 * Tables"), and the number of the row that was inserted last is told to whoever asks.
 */
public final class Rowids {

    /** Names of a row's number, besides that of the key. */
    private static final List<String> NAMES = List.of("rowid", "oid", "_rowid_");

    private Rowids() {}

    /** What a table whose key is the row's number shows under the number's own names. */
    public static List<Lineage.Copy> of(ColumnOrigin key) {
        List<Lineage.Copy> shown = new ArrayList<>();
        for (String name : NAMES) {
            shown.add(new Lineage.Copy(new ColumnOrigin(key.schema(), key.table(), name), List.of(key)));
        }
        return shown;
    }

    /** The same of the table that the statement creates. */
    static List<Lineage.Copy> of(Tokens t, Span s) {
        int table = Clauses.find(t, s.from(), s.to(), "TABLE");
        int open = table;
        while (open < s.to() && !t.is(open, TokenType.LEFT_PAREN)) {
            open++;
        }
        if (!t.is(s.from(), "CREATE") || open >= s.to() || Clauses.startsQuery(t, open + 1, s.to())) {
            return List.of();
        }
        Span list = Clauses.inside(t, open, s.to());
        String key = "";
        Set<String> numbers = new LinkedHashSet<>();
        for (Span item : Clauses.commaSeparated(t, list.from(), list.to())) {
            int primary = Clauses.find(t, item.from(), item.to(), "PRIMARY");
            if (t.isName(item.from()) && t.name(item.from() + 1).equals("integer")) {
                numbers.add(t.name(item.from()));
                key = primary < item.to() ? t.name(item.from()) : key;
            } else if (primary < item.to() && t.is(primary + 2, TokenType.LEFT_PAREN)) {
                key = t.is(primary + 4, TokenType.RIGHT_PAREN) ? t.name(primary + 3) : key;
            }
        }
        return numbers.contains(key) ? of(new ColumnOrigin(null, t.name(open - 1), key)) : List.of();
    }

    /** What {@code last_insert_rowid()} tells after {@code copies} were made: values that went into a key, or may have. */
    static List<Lineage.Copy> told(Catalogue known, List<Lineage.Copy> copies) {
        List<Lineage.Copy> told = new ArrayList<>();
        for (Lineage.Copy copy : copies) {
            ColumnOrigin into = copy.into();
            Set<ColumnOrigin> key = known.structure().held().of(into.schema(), into.table(), NAMES.get(0));
            boolean number = NAMES.contains(into.column())
                    || into.column().equals(ColumnOrigin.WHOLE_ROW)
                    || key.stream().anyMatch(k -> k.column().equals(into.column()));
            if (number) {
                List<ColumnOrigin> from =
                        copy.from().stream().map(ColumnOrigin::asComputed).toList();
                told.add(new Lineage.Copy(KeptPlace.SEQUENCES.origin(), from));
                // It stands in the key as well as under the number's names.
                for (ColumnOrigin k : key) {
                    told.add(new Lineage.Copy(new ColumnOrigin(into.schema(), into.table(), k.column()), copy.from()));
                }
                for (String name : NAMES) {
                    told.add(new Lineage.Copy(new ColumnOrigin(into.schema(), into.table(), name), copy.from()));
                }
            }
        }
        return told;
    }
}
