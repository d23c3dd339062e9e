package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads UPDATE and DELETE in the forms of all dialects. */
public final class WriteReader {

    private final Dialect dialect;
    private final Set<String> clauses;
    private final Tokens t;
    private final int to;
    private @Nullable Span filter;
    private @Nullable Span output;
    private @Nullable Span outputInto;
    private @Nullable Span limit;
    private @Nullable Span assignments;
    private final List<Span> sources = new ArrayList<>();
    private int i;

    private WriteReader(Dialect dialect, Tokens t, int from, int to) {
        this.dialect = dialect;
        this.clauses = clauses(dialect);
        this.t = t;
        this.i = from;
        this.to = to;
    }

    /**
     * Reads the statement whose UPDATE or DELETE is at {@code span.from()}.
     *
     * @throws UnreadableException when its tables cannot be told
     */
    public static Write read(Dialect dialect, Tokens t, Span span) {
        WriteReader reader = new WriteReader(dialect, t, span.from() + 1, span.to());
        return t.is(span.from(), "UPDATE") ? reader.update() : reader.delete();
    }

    private Write update() {
        modifiers();
        Span head = new Span(i, Clauses.find(t, i, to, "SET"));
        i = head.to();
        clauses(to);
        List<FromItem> first = FromReader.read(dialect, t, head);
        List<FromItem> tables = new ArrayList<>(first);
        List<FromItem> targets = first;
        if (!sources.isEmpty()) {
            List<FromItem> from = FromReader.read(dialect, t, sources.get(0));
            FromItem aliased = dialect == Dialect.TSQL || dialect == Dialect.GENERIC ? named(from, first.get(0)) : null;
            if (aliased != null) {
                tables.clear();
                targets = List.of(aliased);
            }
            tables.addAll(from);
        } else if (flat(first).size() > 1) {
            targets = assigned(new Span(head.to() + 1, Clauses.find(t, head.to() + 1, to, "WHERE")), first);
        }
        return build(true, targets, tables);
    }

    /** Of the joined tables, those that {@code assignments} name; all of them where a column isn't qualified. */
    private List<FromItem> assigned(Span assignments, List<FromItem> joined) {
        Set<String> labels = new HashSet<>();
        for (Span assignment : Clauses.commaSeparated(t, assignments.from(), assignments.to())) {
            int from = assignment.from();
            if (!t.isName(from) || !t.is(from + 1, TokenType.DOT) || !t.isOp(from + 3, "=")) {
                return joined;
            }
            labels.add(t.name(from));
        }
        List<FromItem> assigned = flat(joined).stream()
                .filter(item -> labels.contains(item.label()))
                .toList();
        return assigned.size() == labels.size() ? assigned : joined;
    }

    private Write delete() {
        modifiers();
        Span head = new Span(i, i);
        if (!t.is(i, "FROM")) {
            int end = Clauses.findClause(t, i, to, clauses);
            head = new Span(i, end);
            i = end;
        }
        int before = isHistory(head) ? Clauses.find(t, i, to, "BEFORE") : to;
        clauses(before);
        List<FromItem> targets = new ArrayList<>();
        List<FromItem> tables = new ArrayList<>();
        if (!head.isEmpty()) {
            targets.addAll(names(head));
        }
        for (Span source : sources) {
            List<FromItem> items = t.is(source.from() - 1, "FROM") && targets.isEmpty() && sources.size() > 1
                    ? names(source)
                    : FromReader.read(dialect, t, source);
            if (targets.isEmpty()) {
                targets.addAll(items.size() > 1 && sources.size() == 1 ? items.subList(0, 1) : items);
            }
            tables.addAll(items);
        }
        if (isHistory(head) && named(tables, targets.get(0)) == null) {
            targets = new ArrayList<>(tables);
        }
        if (tables.isEmpty()) {
            tables.addAll(targets);
        }
        return build(false, resolved(targets, tables), tables);
    }

    /** MariaDB: {@code DELETE HISTORY FROM t BEFORE SYSTEM_TIME x}, unless a table of that name is joined. */
    private boolean isHistory(Span head) {
        return (dialect == Dialect.MYSQL || dialect == Dialect.GENERIC)
                && head.to() == head.from() + 1
                && t.is(head.from(), "HISTORY");
    }

    /** Each target as the FROM item it names, the last of its label, where it names one. */
    private static List<FromItem> resolved(List<FromItem> targets, List<FromItem> tables) {
        List<FromItem> flat = flat(tables);
        Map<String, FromItem> byLabel = new HashMap<>();
        for (FromItem item : flat) {
            byLabel.put(item.label(), item);
        }
        List<FromItem> resolved = new ArrayList<>();
        for (FromItem target : targets) {
            FromItem real = target.alias() == null ? byLabel.get(target.table()) : null;
            resolved.add(real == null ? target : real);
        }
        Set<FromItem> replaced = new HashSet<>(targets);
        resolved.forEach(replaced::remove);
        tables.removeIf(replaced::contains);
        return resolved;
    }

    /** All items, those in brackets included. */
    public static List<FromItem> flat(List<FromItem> items) {
        List<FromItem> all = new ArrayList<>();
        for (FromItem item : items) {
            if (item.kind() == FromItem.Kind.GROUP) {
                all.addAll(flat(item.group()));
            } else {
                all.add(item);
            }
        }
        return all;
    }

    private static @Nullable FromItem named(List<FromItem> items, FromItem target) {
        for (FromItem item : flat(items)) {
            if (item.label().equals(target.table())
                    || item.alias() == null && item.table().equals(target.table())) {
                return item;
            }
        }
        return null;
    }

    /** MySQL's list of targets: {@code a, b.*}. */
    private List<FromItem> names(Span span) {
        List<FromItem> names = new ArrayList<>();
        for (Span name : Clauses.commaSeparated(t, span.from(), span.to())) {
            names.addAll(FromReader.read(dialect, t, withoutStars(name)));
        }
        return names;
    }

    private Span withoutStars(Span span) {
        // "t.*" only occurs at the end of a target; the reader would take the dot for an error.
        int end = span.to();
        while (end > span.from() && (t.isOp(end - 1, "*") || t.is(end - 1, TokenType.DOT))) {
            end--;
        }
        return new Span(span.from(), end);
    }

    private void modifiers() {
        boolean more = true;
        while (more && i < to) {
            switch (t.word(i)) {
                case "LOW_PRIORITY", "QUICK", "IGNORE" -> i++;
                case "OR" -> i += 2;
                case "TOP" -> {
                    limit = t.is(i + 1, TokenType.LEFT_PAREN) ? Clauses.inside(t, i + 1, to) : new Span(i + 1, i + 2);
                    i = t.skip(i + 1, to);
                    if (t.is(i, "PERCENT")) {
                        limit = null;
                        i++;
                    }
                }
                default -> more = false;
            }
        }
    }

    private static final Set<String> LATE = Set.of("LIMIT", "RETURNING", "RETURN", "FETCH", "OPTION");

    /** Words that start a clause; what is none in a dialect may be a column there. */
    static Set<String> clauses(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> Set.of("SET", "FROM", "USING", "WHERE", "RETURNING");
            case TSQL -> Set.of("SET", "FROM", "WHERE", "OUTPUT", "OPTION");
            case ORACLE -> Set.of("SET", "FROM", "WHERE", "RETURNING", "RETURN", "LOG");
            case MYSQL, H2, SQLITE, GENERIC ->
                Set.of("SET", "FROM", "USING", "WHERE", "RETURNING", "ORDER", "LIMIT", "FETCH");
        };
    }

    private void clauses(int to) {
        while (i < to) {
            String clause = t.word(i);
            int start = i + 1;
            int end = Clauses.findClause(t, start, to, clauses);
            while (isOfJoin(end) || isOfRows(end) || isOfPortion(end)) {
                end = Clauses.findClause(t, end + 1, to, clauses);
            }
            if (clause.equals("ORDER") || clause.equals("LIMIT") || clause.equals("FETCH") || clause.equals("LOG")) {
                end = Clauses.findClause(t, start, to, LATE);
            } else if (clause.equals("RETURNING")) {
                end = Clauses.findClause(t, start, to, Set.of("LOG"));
            }
            Span span = new Span(start, end);
            switch (clause) {
                case "SET" -> assignments = span;
                case "FROM", "USING" -> sources.add(span);
                case "WHERE" -> filter = span;
                case "OUTPUT", "RETURNING", "RETURN" -> outputs(span);
                case "LIMIT", "FETCH" -> limit = span;
                default -> {}
            }
            i = end;
        }
    }

    /** USING (a, b) of a join within FROM or USING. */
    private boolean isOfJoin(int using) {
        if (!t.is(using, "USING") || !t.is(using + 1, TokenType.LEFT_PAREN)) {
            return false;
        }
        Span list = Clauses.inside(t, using + 1, to);
        return Clauses.commaSeparated(t, list.from(), list.to()).stream()
                .allMatch(column -> column.to() == column.from() + 1 && t.isName(column.from()));
    }

    /** PostgreSQL: ROWS FROM (…) within FROM or USING. */
    private boolean isOfRows(int from) {
        return t.is(from, "FROM") && t.is(from - 1, "ROWS") && t.is(from + 1, TokenType.LEFT_PAREN);
    }

    /** {@code FOR PORTION OF period FROM x TO y} behind the target. */
    private boolean isOfPortion(int from) {
        return t.is(from, "FROM") && t.is(from - 2, "OF") && t.is(from - 3, "PORTION") && t.is(from - 4, "FOR");
    }

    private void outputs(Span span) {
        int into = Clauses.find(t, span.from(), span.to(), "INTO");
        output = new Span(span.from(), into);
        if (into < span.to()) {
            outputInto = new Span(into + 1, span.to());
        }
    }

    private Write build(boolean update, List<FromItem> targets, List<FromItem> tables) {
        Span where = filter;
        boolean cursor = where != null && t.is(where.from(), "CURRENT") && t.is(where.from() + 1, "OF");
        return new Write(
                update,
                List.copyOf(targets),
                List.copyOf(tables),
                assignments == null ? new Span(to, to) : assignments,
                where,
                output,
                outputInto,
                limit,
                cursor);
    }
}
