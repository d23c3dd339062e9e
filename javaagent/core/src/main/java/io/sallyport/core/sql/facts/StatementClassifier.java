package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Risk;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.StatementSplitter;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Write;
import io.sallyport.core.sql.structure.WriteReader;
import java.util.List;
import java.util.Set;

/**
 * Tells what statements do, from their tokens alone: by the first keyword, then by the clauses that matter for it, and by every
 * write that stands in brackets (CTE bodies, data change tables). What isn't known is opaque.
 */
public final class StatementClassifier {

    private static final int MAX_DYNAMIC = 4;
    /** Tokens of writes inside writes that are followed. */
    private static final long MAX_NESTED_WORK = 1_000_000;

    private final Dialect dialect;
    private final Catalogue catalogue;
    private final Tokens t;
    private final Findings out;
    private final int dynamicDepth;
    private final VerbTable verbs;

    private StatementClassifier(Dialect dialect, Catalogue catalogue, Tokens t, Findings out, int dynamicDepth) {
        this.dialect = dialect;
        this.catalogue = catalogue;
        this.t = t;
        this.out = out;
        this.dynamicDepth = dynamicDepth;
        this.verbs = new VerbTable(dialect, t, out);
    }

    /** What all statements of {@code t} do. */
    public static Findings classify(Dialect dialect, Catalogue catalogue, Tokens t, List<Span> statements) {
        return classify(dialect, catalogue, t, statements, 0);
    }

    private static Findings classify(
            Dialect dialect, Catalogue catalogue, Tokens t, List<Span> statements, int dynamicDepth) {
        Findings out = new Findings();
        StatementClassifier classifier = new StatementClassifier(dialect, catalogue, t, out, dynamicDepth);
        for (Span statement : statements) {
            classifier.statement(statement);
        }
        if (statements.size() > 1) {
            out.effect(Risk.NONE, new SqlFacts(false, false, false, false, false, true, false, false));
        }
        if (t.broken() || t.unbalanced()) {
            out.effect(Risk.HIGH, SqlFacts.OPAQUE);
        }
        if (out.kinds().isEmpty()) {
            out.add(StatementKind.READ, Risk.NONE, SqlFacts.NONE);
        }
        return out;
    }

    private void add(StatementKind kind, Effect effect) {
        out.add(kind, effect.risk, effect.facts);
    }

    private void effect(Effect effect) {
        out.effect(effect.risk, effect.facts);
    }

    private void statement(Span whole) {
        Span span = verbs.withoutLabels(whole);
        if (span.isEmpty()) {
            return;
        }
        verbs.explainsOnly(false);
        verb(span);
        if (!verbs.bodyIsData(span)) {
            bracketed(span);
            calls(span);
        }
    }

    /** Writes in brackets anywhere in the statement. */
    private void bracketed(Span span) {
        long work = 0;
        for (int i = span.from(); i < span.to(); i++) {
            if (t.is(i, TokenType.LEFT_PAREN) && t.match(i) >= 0) {
                int from = i + 1;
                int to = Math.min(t.match(i), span.to());
                if (work > MAX_NESTED_WORK) {
                    unknown();
                    return;
                }
                if (t.is(from, "WITH") && Clauses.startsQuery(t, from, to)) {
                    int main = Clauses.mainVerb(t, from, to);
                    if (main < to && Clauses.startsWrite(t, main)) {
                        work += to - main;
                        verb(new Span(main, to));
                    }
                } else if (Clauses.startsWrite(t, from) && isStatementPlace(i)) {
                    work += to - from;
                    verb(new Span(from, to));
                }
            }
        }
    }

    /** Whether a bracket can hold a statement here; a column list can't. */
    private boolean isStatementPlace(int open) {
        return t.isAny(
                        open - 1,
                        "AS",
                        "MATERIALIZED",
                        "TABLE",
                        "FROM",
                        "JOIN",
                        "IN",
                        "EXISTS",
                        "ANALYZE",
                        "ANALYSE",
                        "SELECT",
                        "COPY")
                || t.is(open - 1, TokenType.COMMA)
                || t.is(open - 1, TokenType.LEFT_PAREN)
                || t.is(open - 1, TokenType.OPERATOR)
                || t.is(open - 1, TokenType.RIGHT_PAREN)
                || t.type(open - 1) == null
                || t.is(open - 1, TokenType.SEMICOLON);
    }

    private void calls(Span span) {
        for (int i = span.from(); i < span.to(); i++) {
            if (t.isName(i) && (t.is(i + 1, TokenType.LEFT_PAREN) || t.is(i + 1, TokenType.DOT))) {
                Effect effect = DangerousFunctions.of(t.name(i));
                if (effect != null && (t.is(i + 1, TokenType.LEFT_PAREN) || calledPackage(i))) {
                    call(t.name(i), i, effect);
                } else if (t.is(i, "SET_CONFIG") || t.name(i).equals("set_config")) {
                    setConfig(i);
                }
            }
            if (t.is(i, "INTO") && t.isAny(i + 1, "OUTFILE", "DUMPFILE")) {
                effect(Effect.FILE_WRITE);
                add(StatementKind.COPY_LOAD, Effect.FILE_WRITE);
            }
        }
    }

    /** {@code utl_file.fopen(…)}: a package's function; a column of an alias with such a name isn't called. */
    private boolean calledPackage(int i) {
        int j = i;
        while (t.is(j + 1, TokenType.DOT) && t.isName(j + 2)) {
            j += 2;
        }
        return t.is(j + 1, TokenType.LEFT_PAREN) && !t.is(i - 1, "FROM") && !t.is(i - 1, "INTO");
    }

    private void call(String name, int at, Effect effect) {
        effect(effect);
        if (effect == Effect.ADMIN) {
            add(StatementKind.ADMIN, effect);
        } else if (effect == Effect.OPAQUE || effect == Effect.REMOTE) {
            add(StatementKind.DYNAMIC, effect);
            if (t.is(at + 2, TokenType.STRING)) {
                dynamic(at + 2);
                dynamic(at + 4);
            }
        }
    }

    private void setConfig(int i) {
        String setting = t.is(i + 2, TokenType.STRING) ? t.content(i + 2) : "";
        if (!t.is(i + 2, TokenType.STRING) || Settings.isIdentity(setting)) {
            add(StatementKind.SESSION, Effect.PRIVILEGE);
        } else if (Settings.isRisky(setting)) {
            add(StatementKind.SESSION, Effect.ADMIN);
        } else {
            add(StatementKind.SESSION, Effect.LITTLE);
        }
    }

    /** Classifies the text inside the string token {@code i}, if that is one. */
    private void dynamic(int i) {
        if (!t.is(i, TokenType.STRING) || dynamicDepth >= MAX_DYNAMIC) {
            return;
        }
        Tokens inner = Lexer.tokens(t.content(i), LexRules.of(dialect));
        List<Span> parts = StatementSplitter.split(dialect, inner);
        Findings found = classify(dialect, catalogue, inner, parts, dynamicDepth + 1);
        out.merge(found);
    }

    private void verb(Span s) {
        int i = s.from();
        if (t.is(i, TokenType.LEFT_PAREN)) {
            int first = Clauses.firstInside(t, i, s.to());
            if (t.isAny(first, "SELECT", "WITH", "VALUES", "TABLE")) {
                select(new Span(i, s.to()));
            } else {
                unknown();
            }
            return;
        }
        switch (t.word(i)) {
            case "SELECT", "VALUES", "TABLE", "FROM" -> select(s);
            case "WITH" -> {
                int main = Clauses.mainVerb(t, i, s.to());
                if (main >= s.to()) {
                    if (t.is(s.to() - 1, TokenType.RIGHT_PAREN)) {
                        select(s);
                    } else {
                        unknown();
                    }
                } else {
                    new TableScan(dialect, t, out::table).reads(new Span(i, main));
                    verb(new Span(main, s.to()));
                    hideCtes(s, main);
                }
            }
            case "INSERT", "REPLACE", "UPSERT" -> insert(s);
            case "UPDATE" -> {
                if (t.is(i + 1, "STATISTICS")) {
                    add(StatementKind.ADMIN, Effect.LITTLE);
                } else {
                    write(s);
                }
            }
            case "DELETE" -> write(s);
            case "MERGE" -> new MergeClassifier(dialect, catalogue, t, out).classify(s);
            case "EXPLAIN", "DESCRIBE", "DESC", "ANALYZE", "ANALYSE" -> explain(s);
            case "EXEC", "EXECUTE", "CALL", "DO", "PREPARE", "BEGIN", "DECLARE", "IF", "WHILE", "EXEC_SQL" ->
                procedural(s);
            case "COPY" -> copy(s);
            default -> {
                if (!verbs.classify(s)) {
                    implicitCall(s);
                }
            }
        }
    }

    private void implicitCall(Span s) {
        // T-SQL runs a procedure that is named first in a batch without EXEC.
        if (dialect == Dialect.TSQL
                && t.isName(s.from())
                && (t.name(s.from()).startsWith("sp_") || t.name(s.from()).startsWith("xp_"))) {
            procedure(s, s.from());
        } else {
            unknown();
        }
    }

    private void unknown() {
        add(StatementKind.DYNAMIC, Effect.OPAQUE);
    }

    private void hideCtes(Span s, int main) {
        // INSERT INTO t WITH … and UPDATE of a CTE name (T-SQL) write the table below it; the scan has reported that as
        // read.
        for (int i = s.from(); i < main; i++) {
            if (t.is(i, "AS") && t.isName(i - 1)) {
                out.tables().remove(new TableUse(null, t.name(i - 1), Access.READ));
            }
        }
    }

    private void select(Span s) {
        int into = Clauses.find(t, s.from(), s.to(), "INTO");
        boolean created = into < s.to() && createsTable(into);
        if (created) {
            add(StatementKind.CREATE, Effect.DDL);
            int name = into + 1;
            while (t.isAny(name, "TEMPORARY", "TEMP", "UNLOGGED", "TABLE", "LOCAL", "GLOBAL")) {
                name++;
            }
            verbs.table(name, Access.WRITE);
        } else {
            add(StatementKind.READ, Effect.NOTHING);
        }
        new TableScan(dialect, t, out::table).reads(s);
    }

    private boolean createsTable(int into) {
        if (t.isAny(into + 1, "OUTFILE", "DUMPFILE") || t.is(into + 1, TokenType.PARAM) || !t.isName(into + 1)) {
            return false;
        }
        return dialect != Dialect.MYSQL && dialect != Dialect.ORACLE;
    }

    private void insert(Span s) {
        int i = s.from() + 1;
        boolean overwrite = false;
        if (t.is(s.from(), "REPLACE") && dialect == Dialect.GENERIC && !t.isName(i)) {
            unknown();
            return;
        }
        while (t.isAny(i, "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO", "OVERWRITE", "TABLE", "TOP")
                || t.is(i, "OR")) {
            overwrite |= t.is(i, "OVERWRITE");
            if (t.is(i, "OR")) {
                i += 2;
            } else if (t.is(i, "TOP")) {
                i = t.skip(i + 1, s.to());
            } else {
                i++;
            }
        }
        boolean all = t.isAny(i, "ALL", "FIRST") && dialect == Dialect.ORACLE;
        if (all) {
            for (int j = i; j < s.to(); j = t.skip(j, s.to())) {
                if (t.is(j, "INTO")) {
                    verbs.table(j + 1, Access.WRITE);
                }
            }
        } else {
            i = verbs.table(i, Access.WRITE);
        }
        out.add(StatementKind.INSERT, Risk.LOW, (overwrite ? Effect.EMPTY : Effect.WRITE).facts);
        if (overwrite) {
            effect(Effect.EMPTY);
        }
        int exec = Clauses.find(t, i, s.to(), Set.of("EXEC", "EXECUTE"));
        if (exec < s.to() && dialect == Dialect.TSQL) {
            procedural(new Span(exec, s.to()));
        }
        new TableScan(dialect, t, out::table).reads(new Span(i, s.to()));
    }

    private void write(Span s) {
        boolean update = t.is(s.from(), "UPDATE");
        StatementKind kind = update ? StatementKind.UPDATE : StatementKind.DELETE;
        try {
            Write write = WriteReader.read(dialect, t, s);
            boolean unbounded = new TargetRows(dialect, t, catalogue).unbounded(write);
            add(kind, unbounded ? Effect.UNBOUNDED : Effect.WRITE);
            if (!unbounded) {
                out.markBoundedWrite();
            }
            for (FromItem target : write.targets()) {
                if (target.kind() == FromItem.Kind.TABLE) {
                    out.table(new TableUse(target.schema(), target.table(), Access.WRITE));
                } else {
                    new TableScan(dialect, t, use -> out.table(new TableUse(use.schema(), use.table(), Access.WRITE)))
                            .reads(target.body());
                }
            }
            Set<FromItem> targets = Set.copyOf(write.targets());
            for (FromItem item : WriteReader.flat(write.tables())) {
                if (item.kind() == FromItem.Kind.TABLE && !targets.contains(item)) {
                    out.table(new TableUse(item.schema(), item.table(), Access.READ));
                }
            }
            nestedReads(s);
        } catch (UnreadableException e) {
            add(kind, Effect.OPAQUE);
            new TableScan(dialect, t, out::table).reads(s);
        }
    }

    /** Tables of the sub-queries of a write. */
    private void nestedReads(Span s) {
        for (int i = s.from(); i < s.to(); i = i + 1) {
            if (t.is(i, TokenType.LEFT_PAREN) && t.match(i) > 0 && Clauses.startsQuery(t, i + 1, t.match(i))) {
                new TableScan(dialect, t, out::table).reads(new Span(i + 1, t.match(i)));
                i = t.match(i);
            }
        }
    }

    private void explain(Span s) {
        int i = s.from() + 1;
        boolean analyse = t.isAny(s.from(), "ANALYZE", "ANALYSE");
        boolean maintenance = analyse;
        if (t.is(i, TokenType.LEFT_PAREN) && !Clauses.startsQuery(t, i, s.to())) {
            int close = t.match(i) < 0 ? s.to() : t.match(i);
            for (int j = i; j < close; j++) {
                if (t.isAny(j, "ANALYZE", "ANALYSE")) {
                    boolean off = t.isAny(j + 1, "FALSE", "OFF")
                            || t.text(j + 1).equals("0")
                            || t.content(j + 1).equalsIgnoreCase("off");
                    analyse = !off;
                }
            }
            i = close + 1;
        }
        while (i < s.to()
                && (t.isAny(
                                i,
                                "ANALYZE",
                                "ANALYSE",
                                "VERBOSE",
                                "EXTENDED",
                                "PARTITIONS",
                                "QUERY",
                                "PLAN",
                                "FOR",
                                "COSTS",
                                "PLAN_CACHE")
                        || t.is(i, "FORMAT")
                        || t.is(i, "SET"))) {
            analyse |= t.isAny(i, "ANALYZE", "ANALYSE");
            if (t.is(i, "FORMAT") || t.is(i, "SET")) {
                i += t.isOp(i + 1, "=") ? 3 : 2;
            } else {
                i++;
            }
        }
        boolean inner = Clauses.startsQuery(t, i, s.to()) && !(maintenance && t.is(i, "TABLE"))
                || t.isAny(i, "CREATE", "EXECUTE", "DECLARE", "REFRESH", "DO", "CALL");
        if (!inner && maintenance) {
            add(StatementKind.ADMIN, Effect.LITTLE);
            return;
        }
        if (!inner && !t.is(s.from(), "EXPLAIN")) {
            add(StatementKind.READ, Effect.NOTHING);
            return;
        }
        if (!inner) {
            add(StatementKind.EXPLAIN, Effect.NOTHING);
            return;
        }
        if (analyse) {
            add(StatementKind.EXPLAIN, Effect.NOTHING);
            verb(new Span(i, s.to()));
        } else {
            verbs.explainsOnly(true);
            add(StatementKind.EXPLAIN, Effect.NOTHING);
            new TableScan(dialect, t, out::table).reads(new Span(i, s.to()));
        }
    }

    private void copy(Span s) {
        int i = s.from() + 1;
        boolean query = t.is(i, TokenType.LEFT_PAREN);
        if (query) {
            Span body = Clauses.inside(t, i, s.to());
            if (t.is(body.from(), "SELECT") || t.is(body.from(), "WITH")) {
                new TableScan(dialect, t, out::table).reads(body);
            }
            i = t.skip(i, s.to());
        }
        int direction = Clauses.find(t, i, s.to(), Set.of("FROM", "TO"));
        boolean load = t.is(direction, "FROM");
        if (!query) {
            verbs.table(t.is(i, "BINARY") ? i + 1 : i, load ? Access.WRITE : Access.READ);
        }
        boolean stream = t.isAny(direction + 1, "STDIN", "STDOUT");
        if (!stream) {
            add(StatementKind.COPY_LOAD, load ? Effect.FILE_WRITE : Effect.FILE);
        } else {
            add(StatementKind.COPY_LOAD, load ? Effect.WRITE : Effect.LITTLE);
        }
    }

    private void procedural(Span s) {
        int i = s.from();
        String word = t.word(i);
        switch (word) {
            case "BEGIN" -> {
                boolean transaction = dialect != Dialect.ORACLE
                        && (s.to() == i + 1
                                || t.isAny(
                                        i + 1,
                                        "TRAN",
                                        "TRANSACTION",
                                        "WORK",
                                        "DEFERRED",
                                        "IMMEDIATE",
                                        "EXCLUSIVE",
                                        "ISOLATION",
                                        "READ",
                                        "DISTRIBUTED",
                                        "CONCURRENT")
                                || t.is(i + 1, "NOT") && t.is(i + 2, "DEFERRABLE"));
                if (transaction) {
                    add(StatementKind.TRANSACTION, Effect.NOTHING);
                } else {
                    block(new Span(i + 1, s.to()));
                }
            }
            case "DECLARE" -> declare(s);
            case "IF", "WHILE" -> block(new Span(i + 1, s.to()));
            case "DO" -> {
                add(StatementKind.DYNAMIC, Effect.OPAQUE);
                if (dialect == Dialect.MYSQL) {
                    return;
                }
                for (int j = i + 1; j < s.to(); j++) {
                    body(j);
                }
            }
            case "PREPARE" -> prepare(s);
            case "CALL" -> procedure(s, i + 1);
            default -> execute(s);
        }
    }

    /** The statements of a procedural body in a string: their facts count, its flow doesn't. */
    private void body(int i) {
        if (t.is(i, TokenType.STRING) && dynamicDepth < MAX_DYNAMIC) {
            Tokens inner = Lexer.tokens(t.content(i), LexRules.of(dialect));
            StatementClassifier nested = new StatementClassifier(dialect, catalogue, inner, out, dynamicDepth + 1);
            nested.block(new Span(0, inner.size()));
        }
    }

    /** A block of code: opaque, and whatever statements can be seen in it count as well. */
    private void block(Span s) {
        add(StatementKind.DYNAMIC, Effect.OPAQUE);
        boolean fresh = true;
        for (int i = s.from(); i <= s.to(); i++) {
            boolean end = i == s.to() || t.is(i, TokenType.SEMICOLON);
            if (fresh && !end && startsPlainStatement(i)) {
                int stop = i;
                while (stop < s.to() && !t.is(stop, TokenType.SEMICOLON)) {
                    stop++;
                }
                Findings inner = new Findings();
                StatementClassifier nested = new StatementClassifier(dialect, catalogue, t, inner, dynamicDepth + 1);
                nested.statement(new Span(i, stop));
                out.merge(inner);
                i = stop - 1;
                fresh = false;
                continue;
            }
            fresh = end
                    || t.isAny(i, "BEGIN", "THEN", "ELSE", "LOOP", "DO")
                    || dialect == Dialect.TSQL
                    || fresh && t.isAny(i, "DECLARE");
        }
    }

    private boolean startsPlainStatement(int i) {
        return switch (t.word(i)) {
            case "INSERT", "UPDATE", "DELETE", "MERGE" -> Clauses.startsWrite(t, i);
            case "DROP", "TRUNCATE", "ALTER", "GRANT", "REVOKE", "CREATE" -> t.isName(i + 1);
            case "EXECUTE", "EXEC", "COPY", "PERFORM", "LOAD", "SELECT" -> true;
            default -> false;
        };
    }

    private void declare(Span s) {
        int cursor = Clauses.find(t, s.from(), s.to(), "CURSOR");
        if (cursor < s.to()) {
            int query = Clauses.find(t, cursor, s.to(), Set.of("SELECT", "WITH", "VALUES"));
            add(StatementKind.READ, Effect.NOTHING);
            new TableScan(dialect, t, out::table).reads(new Span(query, s.to()));
        } else if (dialect == Dialect.TSQL && t.is(s.from() + 1, TokenType.PARAM)) {
            add(StatementKind.SESSION, Effect.NOTHING);
        } else {
            block(new Span(s.from() + 1, s.to()));
        }
    }

    private void prepare(Span s) {
        if (t.is(s.from() + 1, "TRANSACTION")) {
            add(StatementKind.TRANSACTION, Effect.NOTHING);
            return;
        }
        int as = Clauses.find(t, s.from(), s.to(), Set.of("AS", "FROM"));
        if (t.is(as, "AS")) {
            add(StatementKind.DYNAMIC, Effect.LITTLE);
            verb(new Span(as + 1, s.to()));
        } else {
            add(StatementKind.DYNAMIC, Effect.OPAQUE);
            dynamic(as + 1);
        }
    }

    private void execute(Span s) {
        int i = s.from() + 1;
        if (t.is(i, "IMMEDIATE") || t.is(i, TokenType.LEFT_PAREN) || t.is(i, TokenType.STRING)) {
            add(StatementKind.DYNAMIC, Effect.OPAQUE);
            for (int j = i; j < s.to() && j < i + 4; j++) {
                dynamic(j);
            }
            return;
        }
        if (t.isAny(i, "AS")) {
            add(StatementKind.SESSION, Effect.PRIVILEGE);
            return;
        }
        if (dialect == Dialect.POSTGRESQL || dialect == Dialect.MYSQL) {
            add(StatementKind.DYNAMIC, Effect.OPAQUE);
            for (int j = i; j < s.to() && j < i + 2; j++) {
                dynamic(j);
            }
            return;
        }
        if (t.is(i, TokenType.PARAM) && t.isOp(i + 1, "=")) {
            i += 2;
        }
        procedure(s, i);
    }

    private void procedure(Span s, int at) {
        int name = at;
        boolean packaged = false;
        Effect effect = DangerousFunctions.of(t.name(name));
        while (t.is(name + 1, TokenType.DOT) || t.isOp(name + 1, "..")) {
            name += 2;
            packaged = true;
            effect = effect == null ? DangerousFunctions.of(t.name(name)) : effect;
        }
        String procedure = t.name(name);
        if (procedure.equals("sp_executesql") || procedure.equals("sp_prepexec") || procedure.equals("sp_prepare")) {
            add(StatementKind.DYNAMIC, Effect.OPAQUE);
            for (int j = name + 1; j < s.to(); j++) {
                dynamic(j);
            }
            return;
        }
        if (effect == null && Procedures.isHarmless(procedure) && !packaged) {
            add(StatementKind.CALL, Effect.LITTLE);
            return;
        }
        add(StatementKind.CALL, Effect.OPAQUE);
        if (effect != null) {
            effect(effect);
        }
        if (Procedures.isPrivilege(procedure)) {
            effect(Effect.PRIVILEGE_WRITE);
        }
        if (Procedures.isAdministration(procedure)) {
            add(StatementKind.ADMIN, Effect.ADMIN);
        }
    }
}
