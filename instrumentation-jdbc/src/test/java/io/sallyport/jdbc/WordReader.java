package io.sallyport.jdbc;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.core.sql.Risk;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.SqlReader;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Just enough of a reader to tell the statements of these tests apart: first word, and the words after FROM, INTO and UPDATE. */
final class WordReader implements SqlReader {

    private static final Pattern TABLE = Pattern.compile("(?i)\\b(from|into|update|join|table)\\s+([\\w.\"]+)");
    private final Map<String, SqlAnalysis> cache = new ConcurrentHashMap<>();

    @Override
    public SqlAnalysis read(Dialect dialect, String sql, Catalogue catalogue) {
        return cache.computeIfAbsent(dialect + sql, key -> analyse(dialect, sql));
    }

    private static SqlAnalysis analyse(Dialect dialect, String sql) {
        String word = sql.strip().split("\\W+", 2)[0].toLowerCase(Locale.ROOT);
        StatementKind kind = switch (word) {
            case "insert" -> StatementKind.INSERT;
            case "update" -> StatementKind.UPDATE;
            case "delete" -> StatementKind.DELETE;
            case "drop" -> StatementKind.DROP;
            case "create" -> StatementKind.CREATE;
            case "call" -> StatementKind.CALL;
            case "copy" -> StatementKind.COPY_LOAD;
            case "set", "show" -> StatementKind.SESSION;
            case "begin", "commit", "rollback" -> StatementKind.TRANSACTION;
            default -> StatementKind.READ;
        };
        boolean reads = kind == StatementKind.READ;
        boolean writes = !reads && kind != StatementKind.SESSION && kind != StatementKind.TRANSACTION;
        List<TableUse> tables = new ArrayList<>();
        Matcher m = TABLE.matcher(sql);
        while (m.find()) {
            String[] name =
                    m.group(2).replace("\"", "").toLowerCase(Locale.ROOT).split("\\.");
            tables.add(new TableUse(
                    name.length > 1 ? name[0] : null,
                    name[name.length - 1],
                    reads ? TableUse.Access.READ : TableUse.Access.WRITE));
        }
        boolean output = reads || sql.toUpperCase(Locale.ROOT).contains("RETURNING");
        Lineage lineage = output
                ? new Lineage(List.of(new OutputItem.Column(null, Set.<ColumnOrigin>of(), false)), false, List.of())
                : Lineage.NONE;
        SqlFacts facts = new SqlFacts(kind == StatementKind.DROP, false, false, false, false, false, writes, false);
        return new SqlAnalysis(
                dialect,
                sql,
                sql,
                Integer.toHexString(sql.hashCode()),
                kind,
                Set.of(kind),
                Risk.NONE,
                facts,
                tables,
                lineage,
                SqlAnalysis.Parser.TOKENS);
    }
}
