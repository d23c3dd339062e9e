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
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.StatementSplitter;
import java.util.List;
import java.util.Set;

/**
 * Tells what statements do, from their tokens alone: by the first keyword, then by the clauses that matter for it, and by every
 * write that stands in brackets (CTE bodies, data change tables). What isn't known is opaque, unless the server can only reject it.
 */
public final class StatementClassifier {

    private static final int MAX_DYNAMIC = 4;
    private static final int MAX_ARGUMENT_TOKENS = 16;
    /** Tokens of writes inside writes that are followed. */
    private static final long MAX_NESTED_WORK = 1_000_000;

    private static final SqlFacts MULTI = new SqlFacts(false, false, false, false, false, true, false, false);

    private final Context c;
    private final Tokens t;
    private final VerbTable verbs;
    private final WriteClassifier writes;
    private final CodeClassifier code;
    private final FunctionCalls calls;
    /** The statement in brackets isn't run, only planned. */
    private boolean explainsOnly;

    private StatementClassifier(Context c) {
        this.c = c;
        this.t = c.t();
        this.verbs = new VerbTable(c, this);
        this.writes = new WriteClassifier(c, this);
        this.code = new CodeClassifier(c, this);
        this.calls = new FunctionCalls(c, this);
    }

    /**
     * What all statements of {@code t} do.
     *
     * @param certain whether the server is known to be of the dialect {@code dialect}
     */
    public static Findings classify(
            Dialect dialect, boolean certain, Catalogue catalogue, Tokens t, List<Span> statements) {
        return classify(
                new Context(dialect, certain, catalogue, t, new Findings(), new Effort(), false, 0), statements);
    }

    private static Findings classify(Context c, List<Span> statements) {
        StatementClassifier classifier = new StatementClassifier(c);
        Findings out = c.out();
        for (Span statement : statements) {
            classifier.statement(statement);
        }
        if (statements.size() > 1) {
            out.effect(Risk.NONE, MULTI);
        }
        SystemTables.judge(c);
        if ((c.t().broken() || c.t().unbalanced()) && !(c.certain() && c.t().isPlain())) {
            out.effect(Risk.HIGH, SqlFacts.OPAQUE);
        }
        if (out.kinds().isEmpty()) {
            out.add(StatementKind.READ, Risk.NONE, SqlFacts.NONE);
        }
        return out;
    }

    /**
     * Judges a statement of the same text apart from the others.
     *
     * @param repeated whether it stands in a loop
     */
    Findings nested(Span statement, boolean repeated) {
        Findings inner = new Findings();
        Context context = c.inside(t, inner);
        new StatementClassifier(repeated ? context.repeating() : context).statement(statement);
        return inner;
    }

    /** MySQL: what stands behind DO is run by the server's clock. */
    void event(Span s) {
        int action = Clauses.find(t, s.from(), s.to(), "DO");
        if (action + 1 < s.to()) {
            c.out().merge(nested(new Span(action + 1, s.to()), true));
        }
    }

    /** Judges the text inside the string token {@code i}, if that is one. */
    void dynamic(int i) {
        if (t.is(i, TokenType.STRING) && c.dynamicDepth() < MAX_DYNAMIC) {
            Tokens inner = Lexer.tokens(t.content(i), LexRules.of(c.dialect()));
            Findings found = classify(c.inside(inner, new Findings()), StatementSplitter.split(c.dialect(), inner));
            // What is no statement at all (the address of a server) adds nothing to "opaque", which the caller says.
            if (!found.kinds().equals(Set.of(StatementKind.DYNAMIC))) {
                c.out().merge(found);
            }
        }
    }

    /**
     * Judges the text inside the string token {@code i}, all of which runs; {@code false}, and nothing judged, where it is none that
     * could be read.
     */
    boolean literal(int i) {
        if (!t.is(i, TokenType.STRING) || c.dynamicDepth() >= MAX_DYNAMIC) {
            return false;
        }
        c.add(StatementKind.DYNAMIC, Effect.LITTLE);
        c.out().markCode();
        Tokens inner = Lexer.tokens(t.content(i), LexRules.of(c.dialect()));
        c.out().merge(classify(c.inside(inner, new Findings()), StatementSplitter.split(c.dialect(), inner)));
        return true;
    }

    /** Judges every string among the arguments in the brackets that open at {@code open}. */
    void dynamicArguments(int open, int limit) {
        Span arguments = Clauses.inside(t, open, limit);
        int to = Math.min(arguments.to(), arguments.from() + MAX_ARGUMENT_TOKENS);
        for (int i = arguments.from(); i < to; i++) {
            dynamic(i);
        }
    }

    /** Judges a procedural body in a string: the facts of its statements count, its flow doesn't. */
    void body(int i) {
        if (t.is(i, TokenType.STRING) && c.dynamicDepth() < MAX_DYNAMIC) {
            Tokens inner = Lexer.tokens(t.content(i), LexRules.of(c.dialect()));
            StatementClassifier nested = new StatementClassifier(c.inside(inner, c.out()));
            Span all = new Span(0, inner.size());
            nested.code.block(all);
            nested.calls.in(all);
        }
    }

    /** Judges the body of a stored routine that is called. */
    void routine(String definition) {
        if (c.dynamicDepth() >= MAX_DYNAMIC) {
            c.unknown();
            return;
        }
        Context inside = c.inside(Lexer.tokens(definition, LexRules.of(c.dialect())), c.out());
        StatementClassifier nested = new StatementClassifier(inside);
        new StoredBody(inside, nested).judge();
        nested.calls.in(new Span(0, inside.t().size()));
    }

    private void statement(Span whole) {
        Span span = verbs.withoutLabels(whole);
        if (span.isEmpty() || c.certain() && Rejection.ofFirstToken(t, span)) {
            return;
        }
        explainsOnly = false;
        if (verbs.storesCode(span)) {
            c.out().markCode();
        }
        verb(span);
        if (!explainsOnly && !verbs.bodyIsData(span)) {
            bracketed(span);
            calls.in(span);
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
                    c.unknown();
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
        TokenType before = t.type(open - 1);
        return before == null
                || t.isAny(
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
                || switch (before) {
                    case COMMA, LEFT_PAREN, OPERATOR, RIGHT_PAREN, SEMICOLON -> true;
                    default -> false;
                };
    }

    /** Judges the statement whose verb is first in {@code s}. */
    void verb(Span s) {
        int i = s.from();
        if (t.is(i, TokenType.LEFT_PAREN)) {
            if (t.isAny(Clauses.firstInside(t, i, s.to()), "SELECT", "WITH", "VALUES", "TABLE")) {
                select(s);
            } else {
                c.unknown();
            }
            return;
        }
        switch (t.word(i)) {
            case "SELECT", "VALUES", "TABLE", "FROM" -> select(s);
            case "WITH" -> with(s);
            case "INSERT", "REPLACE", "UPSERT" -> writes.insert(s);
            case "UPDATE" -> {
                if (t.is(i + 1, "STATISTICS")) {
                    c.add(StatementKind.ADMIN, Effect.LITTLE);
                } else {
                    writes.write(s);
                }
            }
            case "DELETE" -> writes.write(s);
            case "MERGE" -> new MergeClassifier(c).classify(s);
            case "EXPLAIN", "DESCRIBE", "DESC", "ANALYZE", "ANALYSE" -> explain(s);
            default -> {
                if (!code.classify(s) && !verbs.classify(s)) {
                    code.implicitCall(s);
                }
            }
        }
    }

    private void with(Span s) {
        int main = Clauses.mainVerb(t, s.from(), s.to());
        if (c.dialect() == Dialect.ORACLE && t.isAny(s.from() + 1, "FUNCTION", "PROCEDURE")) {
            declaring(s);
        } else if (main < s.to()) {
            c.reads(new Span(s.from(), main));
            verb(new Span(main, s.to()));
            hideCtes(s, main);
        } else if (t.is(s.to() - 1, TokenType.RIGHT_PAREN)) {
            select(s);
        } else {
            c.unknown();
        }
    }

    /** PL/SQL declared in the query (Oracle 12): it runs, and may write and commit on its own. */
    private void declaring(Span s) {
        DeclaredRoutines routines = DeclaredRoutines.read(t, s.from() + 1, s.to());
        int first = routines == null ? s.to() : routines.end();
        int main = t.is(first, "SELECT") ? first : Clauses.mainVerb(t, first - 1, s.to());
        Findings inner = new Findings();
        for (String body : routines == null ? List.<String>of() : routines.bodies()) {
            new StatementClassifier(c.inside(t, inner)).routine(body);
        }
        if (main >= s.to() || inner.facts().opaque()) {
            code.block(new Span(s.from() + 1, s.to()));
            return;
        }
        // What only computes makes no other statement of the query.
        if (inner.risk() == Risk.NONE && inner.facts().equals(SqlFacts.NONE)) {
            inner.tables().forEach(c.out()::table);
        } else {
            c.out().merge(inner);
        }
        c.reads(new Span(first, main));
        verb(new Span(main, s.to()));
    }

    /** INSERT INTO t WITH … reads what is below the names; T-SQL's UPDATE of such a name writes it. */
    private void hideCtes(Span s, int main) {
        for (int i = s.from(); i < main; i++) {
            if (t.is(i, "AS") && t.is(i + 1, TokenType.LEFT_PAREN)) {
                String name = t.name(t.is(i - 1, TokenType.RIGHT_PAREN) ? t.match(i - 1) - 1 : i - 1);
                c.out().tables().remove(new TableUse(null, name, Access.READ));
                if (c.dialect() == Dialect.MYSQL) {
                    // UPDATE t, name: it can be joined, not written.
                    c.out().tables().remove(new TableUse(null, name, Access.WRITE));
                }
                if (c.dialect() == Dialect.TSQL && c.out().tables().remove(new TableUse(null, name, Access.WRITE))) {
                    c.writes(Clauses.inside(t, i + 1, main));
                }
            }
        }
    }

    private void select(Span s) {
        int into = Clauses.find(t, s.from(), s.to(), "INTO");
        if (into < s.to() && createsTable(into)) {
            c.add(StatementKind.CREATE, Effect.DDL);
            int name = into + 1;
            while (t.isAny(name, "TEMPORARY", "TEMP", "UNLOGGED", "TABLE", "LOCAL", "GLOBAL")) {
                name++;
            }
            c.table(name, Access.WRITE);
        } else {
            c.add(StatementKind.READ, Effect.NOTHING);
        }
        c.reads(s);
    }

    private boolean createsTable(int into) {
        return !t.isAny(into + 1, "OUTFILE", "DUMPFILE")
                && t.isName(into + 1)
                && c.dialect() != Dialect.MYSQL
                && c.dialect() != Dialect.ORACLE;
    }

    private void explain(Span s) {
        Explain explain = Explain.read(t, s);
        if (explain.kind() != StatementKind.EXPLAIN) {
            c.add(explain.kind(), explain.kind() == StatementKind.ADMIN ? Effect.LITTLE : Effect.NOTHING);
            return;
        }
        c.add(StatementKind.EXPLAIN, Effect.NOTHING);
        if (explain.runs()) {
            verb(explain.statement());
        } else {
            explainsOnly = true;
            c.reads(explain.statement());
            int target = explain.statement().from() + 1;
            if (t.isAny(target - 1, "UPDATE", "DELETE", "INSERT", "MERGE", "REPLACE")) {
                c.table(t.isAny(target, "FROM", "INTO") ? target + 1 : target, Access.READ);
            }
        }
    }
}
