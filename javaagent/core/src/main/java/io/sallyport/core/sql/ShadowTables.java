package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables in which SQLite's full-text modules keep what is written into a virtual table {@code f}: {@code f_content}, {@code f_data} and
 * others (sqlite.org, "FTS5 Extension", 9; "FTS3 and FTS4", 9). Told by the name, and by columns that only such tables have.
 */
final class ShadowTables {

    private static final Pattern NAME =
            Pattern.compile("(.+)_(content|data|idx|docsize|segments|segdir|stat|vocab|node)");

    private static final List<String> COLUMNS =
            List.of("block", "term", "root", "sz", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7");

    private ShadowTables() {}

    /** What the shadow tables among {@code read} hold. */
    static List<Lineage.Copy> of(Inheritance known, Set<TableUse> read) {
        List<Lineage.Copy> held = new ArrayList<>();
        for (TableUse use : read) {
            Matcher name = NAME.matcher(use.table());
            if (name.matches()) {
                String table = name.group(1);
                Set<ColumnOrigin> origins = new LinkedHashSet<>(known.of(use.schema(), table, ColumnOrigin.WHOLE_ROW));
                origins.add(new ColumnOrigin(use.schema(), table, ColumnOrigin.WHOLE_ROW, true));
                for (String column : COLUMNS) {
                    held.add(new Lineage.Copy(
                            new ColumnOrigin(use.schema(), use.table(), column), List.copyOf(origins)));
                }
            }
        }
        return held;
    }
}
