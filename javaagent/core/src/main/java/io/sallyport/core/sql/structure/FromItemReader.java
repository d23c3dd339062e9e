package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.FromItem.Join;
import io.sallyport.core.sql.structure.FromItem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one item of a FROM list: a table, sub-query, function or bracketed join, and what stands behind it up to the next join. */
final class FromItemReader {

    private static final Set<String> HINTS = Set.of(
            "NOLOCK",
            "READUNCOMMITTED",
            "UPDLOCK",
            "HOLDLOCK",
            "ROWLOCK",
            "TABLOCK",
            "TABLOCKX",
            "READPAST",
            "XLOCK",
            "PAGLOCK",
            "READCOMMITTED",
            "REPEATABLEREAD",
            "SERIALIZABLE",
            "FORCESEEK",
            "NOWAIT",
            "INDEX");

    private final Dialect dialect;
    private final Tokens t;
    private final int to;
    private final int depth;
    private int i;
    /** The column list of the item being read states types. */
    private boolean defined;

    /** @param to where the list ends */
    FromItemReader(Dialect dialect, Tokens t, int to, int depth) {
        this.dialect = dialect;
        this.t = t;
        this.to = to;
        this.depth = depth;
    }

    int end() {
        return i;
    }

    /** The item that starts at {@code from}; it ends at {@link #end}. */
    FromItem read(int from, Join join, boolean natural) {
        i = from;
        while (t.isAny(i, "LATERAL", "ONLY") && (t.isName(i + 1) || t.is(i + 1, TokenType.LEFT_PAREN))) {
            i++;
        }
        Kind kind = Kind.TABLE;
        List<String> name = List.of();
        List<FromItem> group = List.of();
        Span body = new Span(i, i);
        if (t.is(i, TokenType.LEFT_PAREN)) {
            body = Clauses.inside(t, i, to);
            i = t.skip(i, to);
            if (Clauses.isQuery(t, body.from(), body.to())) {
                kind = Kind.QUERY;
            } else {
                kind = Kind.GROUP;
                group = FromReader.read(dialect, t, body, depth + 1);
            }
        } else if (t.isAny(i, "FINAL", "OLD", "NEW") && t.is(i + 1, "TABLE") && t.is(i + 2, TokenType.LEFT_PAREN)) {
            kind = Kind.QUERY;
            body = Clauses.inside(t, i + 2, to);
            i = t.skip(i + 2, to);
        } else if (t.isAny(i, "TABLE", "THE", "LATERAL") && t.is(i + 1, TokenType.LEFT_PAREN)) {
            body = Clauses.inside(t, i + 1, to);
            kind = Clauses.isQuery(t, body.from(), body.to()) ? Kind.QUERY : Kind.FUNCTION;
            name = List.of("table");
            i = t.skip(i + 1, to);
        } else if (t.is(i, "ROWS") && t.is(i + 1, "FROM") && t.is(i + 2, TokenType.LEFT_PAREN)) {
            kind = Kind.FUNCTION;
            name = List.of("rows from");
            body = Clauses.inside(t, i + 2, to);
            i = t.skip(i + 2, to);
        } else if (t.isName(i)) {
            name = chain();
            if (t.is(i, TokenType.LEFT_PAREN) && !isHint(i)) {
                kind = Kind.FUNCTION;
                body = Clauses.inside(t, i, to);
                i = t.skip(i, to);
            }
        } else if (t.is(i, TokenType.PARAM)) {
            name = List.of(Names.fold(t.text(i)));
            i++;
        } else {
            throw new UnreadableException("no table where one was expected");
        }
        return decorated(kind, name, body, group, join, natural);
    }

    /** The name without a database link of Oracle's, which may be this database's own ({@code t@remote.acme.com}). */
    private List<String> chain() {
        List<String> parts = qualified();
        int linked = 0;
        while (linked < parts.size() && parts.get(linked).indexOf('@') <= 0) {
            linked++;
        }
        if (dialect != Dialect.ORACLE || linked == parts.size()) {
            return parts;
        }
        List<String> local = new ArrayList<>(parts.subList(0, linked));
        local.add(parts.get(linked).substring(0, parts.get(linked).indexOf('@')));
        return local;
    }

    private List<String> qualified() {
        List<String> parts = new ArrayList<>(3);
        parts.add(t.name(i++));
        while (i < to) {
            if (t.is(i, TokenType.DOT) && t.isName(i + 1)) {
                parts.add(t.name(i + 1));
                i += 2;
            } else if (t.isOp(i, "..") && t.isName(i + 1)) {
                parts.add("");
                parts.add(t.name(i + 1));
                i += 2;
            } else {
                break;
            }
        }
        if (t.isOp(i, "@") && t.isName(i + 1)) {
            i += 2;
            while (t.is(i, TokenType.DOT)) {
                i += 2;
            }
        }
        if (t.isOp(i, "*")) {
            i++;
        }
        return parts;
    }

    private boolean isHint(int open) {
        return dialect == Dialect.TSQL && HINTS.contains(t.word(open + 1));
    }

    private FromItem decorated(
            Kind kind, List<String> name, Span body, List<FromItem> group, Join join, boolean natural) {
        String alias = null;
        List<String> columns = new ArrayList<>();
        List<Span> conditions = new ArrayList<>();
        List<String> using = new ArrayList<>();
        String merged = null;
        Span reshaped = null;
        defined = false;
        boolean ordinality = false;
        boolean more = true;
        while (more && i < to) {
            String word = Words.isForeign(dialect, t.word(i)) ? "" : t.word(i);
            switch (word) {
                case "AS" -> {
                    if (t.is(i + 1, "OF")) {
                        skipTo(Words.NO_TABLE_ALIAS, i + 2);
                    } else {
                        i++;
                        if (t.is(i, TokenType.LEFT_PAREN)) {
                            columnNames(columns);
                        } else if (i < to) {
                            alias = alias();
                            columnNames(columns);
                        }
                    }
                }
                case "WITH" -> {
                    if (t.is(i + 1, "ORDINALITY")) {
                        ordinality = true;
                        i += 2;
                    } else if (t.is(i + 1, TokenType.LEFT_PAREN)) {
                        if (declaresColumns(kind, name)) {
                            columnNames(columns, i + 1);
                        }
                        i = t.skip(i + 1, to);
                    } else {
                        throw new UnreadableException("WITH behind a table");
                    }
                }
                case "TABLESAMPLE", "SAMPLE" -> {
                    i++;
                    while (t.isName(i) && !t.is(i + 1, TokenType.LEFT_PAREN)) {
                        i++;
                    }
                    i = t.isName(i) ? t.skip(i + 1, to) : t.skip(i, to);
                    if (t.isAny(i, "REPEATABLE", "SEED")) {
                        i = t.skip(i + 1, to);
                    }
                }
                case "PARTITION", "SUBPARTITION" -> {
                    if (!t.is(i + 1, TokenType.LEFT_PAREN)) {
                        more = false;
                    } else {
                        i = t.skip(i + 1, to);
                    }
                }
                case "USE", "FORCE", "IGNORE" -> {
                    i++;
                    while (i < to && !t.is(i, TokenType.LEFT_PAREN)) {
                        i++;
                    }
                    i = t.skip(i, to);
                }
                case "INDEXED" -> i += 3;
                case "NOT" -> i += 2;
                case "FOR", "VERSIONS" -> {
                    if (t.is(i + 1, "PORTION")) {
                        portion();
                    } else {
                        skipTo(Words.NO_TABLE_ALIAS, i + 3);
                    }
                }
                case "PIVOT", "UNPIVOT", "MATCH_RECOGNIZE" -> {
                    int start = i;
                    while (i < to && !t.is(i, TokenType.LEFT_PAREN)) {
                        i++;
                    }
                    i = t.skip(i, to);
                    reshaped = new Span(start, i);
                    if (alias != null && columns.isEmpty() && (t.is(i, "AS") || t.isName(i) && !isNoAlias(t.word(i)))) {
                        // SQL Server's table has a name before, and its result one behind.
                        alias = null;
                    }
                }
                case "ON" -> {
                    int start = i + 1;
                    i = FromReader.endOfCondition(t, start, to);
                    conditions.add(new Span(start, i));
                }
                case "USING" -> {
                    if (!t.is(i + 1, TokenType.LEFT_PAREN)) {
                        throw new UnreadableException("USING without columns");
                    }
                    Span list = Clauses.inside(t, i + 1, to);
                    for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
                        using.add(t.name(column.from()));
                    }
                    i = t.skip(i + 1, to);
                    if (t.is(i, "AS")) {
                        i++;
                        merged = alias();
                    }
                }
                default -> {
                    if (t.is(i, TokenType.LEFT_PAREN) && (kind == Kind.TABLE && isHint(i))) {
                        i = t.skip(i, to);
                    } else if (t.isName(i) && alias == null && !isNoAlias(word)) {
                        alias = alias();
                        columnNames(columns);
                    } else {
                        more = false;
                    }
                }
            }
        }
        return new FromItem(
                kind,
                name,
                body,
                group,
                alias,
                columns,
                join,
                natural,
                conditions,
                using,
                merged,
                reshaped,
                defined,
                ordinality);
    }

    /** {@code FOR PORTION OF period FROM x TO y}, before the alias of a table that is written. */
    private void portion() {
        skipTo(Words.NO_TABLE_ALIAS, t.is(i + 4, "FROM") ? i + 5 : i + 3);
        boolean ended = t.is(i - 2, TokenType.STRING)
                || t.is(i - 2, TokenType.NUMBER)
                || t.is(i - 2, TokenType.PARAM)
                || t.is(i - 2, TokenType.RIGHT_PAREN);
        if (ended && t.isName(i - 1)) {
            i--;
        }
    }

    private boolean isNoAlias(String word) {
        return Words.NO_TABLE_ALIAS.contains(word) && Clauses.startsClause(t, i);
    }

    private @Nullable String alias() {
        String alias = t.isName(i) ? t.name(i) : t.content(i);
        i++;
        return alias;
    }

    private void columnNames(List<String> columns) {
        if (t.is(i, TokenType.LEFT_PAREN) && !isHint(i)) {
            columnNames(columns, i);
            i = t.skip(i, to);
        }
    }

    private void columnNames(List<String> columns, int open) {
        Span list = Clauses.inside(t, open, to);
        for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
            columns.add(t.name(column.from()));
            defined |= column.to() > column.from() + 1;
        }
    }

    /** OPENJSON(…) WITH (name type path, …) lists its columns; behind other functions the bracket holds hints. */
    private static boolean declaresColumns(Kind kind, List<String> name) {
        String last = name.isEmpty() ? "" : name.get(name.size() - 1);
        return kind == Kind.FUNCTION && (last.equals("openjson") || last.equals("openxml"));
    }

    private void skipTo(Set<String> words, int from) {
        i = Math.min(from, to);
        while (i < to && !t.is(i, TokenType.COMMA) && !(t.is(i, TokenType.WORD) && words.contains(t.word(i)))) {
            i = t.skip(i, to);
        }
    }
}
