package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Searches expressions for the columns they use. One loop over the tokens; only sub-queries and window names recurse. */
final class Expressions {

    private static final Set<String> LITERAL_TYPES =
            Set.of("DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "BINARY", "JSON", "JSONB", "UUID", "INET");
    private static final Set<String> UNITS =
            Set.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "WEEK", "QUARTER", "TO", "MICROSECOND");
    /** Oracle: pseudocolumns of object tables and views that hold the row (SQL Language Reference, "Pseudocolumns"). */
    private static final Set<String> ROW_VALUES = Set.of("object_value", "sys_nc_rowinfo$");
    /** MySQL: functions that tell of an argument's type only. */
    private static final Set<String> OF_TYPES = Set.of("CHARSET", "COLLATION", "COERCIBILITY");

    /** Words between an operand and the sub-query that it is looked for in. */
    private static final Set<String> MEMBERSHIP = Set.of("IN", "ANY", "SOME", "ALL");

    private final Tokens t;
    private final Queries queries;
    private final KeptValues kept;
    private final Windows windows;
    private final RowFields fields;
    private final JsonFields json;
    private final NullTests nulls;

    Expressions(Tokens t, Queries queries) {
        this.t = t;
        this.queries = queries;
        this.kept = new KeptValues(t, queries, this);
        this.windows = new Windows(t, queries, this);
        this.fields = new RowFields(t, this);
        this.json = new JsonFields(t, this, fields);
        this.nulls = new NullTests(t, queries.work().dialect, this);
    }

    KeptValues kept() {
        return kept;
    }

    RowFields fields() {
        return fields;
    }

    JsonFields json() {
        return json;
    }

    Windows windows() {
        return windows;
    }

    /** The output column that {@code span} computes. */
    Out column(Span span, @Nullable String label, Scope scope, Ctes ctes) {
        Origins origins = new Origins();
        collect(span, scope, ctes, origins);
        if (Counts.isColumn(t, span)) {
            boolean known = origins.isRow() || origins.isStructured();
            return origins.asCopy(label).withFields(known ? fields.of(span, scope, ctes) : null);
        }
        boolean passedOn = !origins.columns().isEmpty() && new PassedOn(work(), t).by(span);
        Out out = passedOn ? origins.asOneOf(label) : origins.asColumn(label);
        if (origins.isRow() || t.is(span.from(), "ROW")) {
            out = out.withFields(fields.of(span, scope, ctes));
        }
        return out.fields() == null ? out.withFields(json.of(span, scope, ctes)) : out;
    }

    /** Adds the origins of {@code span} to {@code into}. */
    void collect(Span span, Scope scope, Ctes ctes, Origins into) {
        int i = span.from();
        int to = span.to();
        while (i < to) {
            queries.work().step();
            int member = json.mayBegin(i) ? json.member(i, to, scope, ctes, into) : i;
            if (member > i) {
                i = member;
            } else if (t.is(i, TokenType.LEFT_PAREN)) {
                i = group(i, to, scope, ctes, into);
            } else if (t.isOp(i, "::")) {
                i = skipType(i + 1, to);
            } else if (t.is(i, TokenType.WORD) && !t.is(i + 1, TokenType.DOT)) {
                i = word(i, to, scope, ctes, into);
            } else if (t.isName(i)) {
                i = chain(i, to, scope, ctes, into);
            } else if (t.isOp(i, "*") && t.is(i - 1, TokenType.LEFT_PAREN)) {
                // JSON_OBJECT(*) and the like; count(*) never gets here.
                scope.rows(into);
                i++;
            } else if (t.is(i, TokenType.PARAM) && t.text(i).startsWith("@")) {
                kept.variable(i, to, scope, ctes, into);
                i++;
            } else {
                i++;
            }
        }
    }

    /** Whether the catalogue has a function of this name, which may stand in front of the server's own. */
    boolean mayBeReplaced(String function) {
        return !work().schema.catalogue().routines(function).isEmpty();
    }

    Work work() {
        return queries.work();
    }

    private int group(int i, int to, Scope scope, Ctes ctes, Origins into) {
        Span inside = Clauses.inside(t, i, to);
        int after = t.skip(i, to);
        boolean field = t.is(after, TokenType.DOT) && t.isName(after + 1);
        if (Clauses.isQuery(t, inside.from(), inside.to())) {
            List<Out> outs = queries.query(inside, scope, ctes);
            if (field
                    && outs.size() == 1
                    && RowFields.named(t.name(after + 1), outs.get(0).fields(), into)) {
                return after + 2;
            }
            for (Out out : outs) {
                into.add(out);
            }
            return after;
        }
        if (nulls.follows(after) && !isCall(i) && nulls.row(inside, scope, ctes, into)) {
            return after;
        }
        if (field && fields.select(inside, t.name(after + 1), scope, ctes, into)) {
            return after + 2;
        }
        if (t.is(after, TokenType.LEFT_BRACKET)) {
            int behind = t.skip(after, to);
            Span subscript = new Span(after + 1, behind - 1);
            boolean element = t.is(behind, TokenType.DOT) && t.isName(behind + 1);
            if (element && fields.element(inside, subscript, t.name(behind + 1), scope, ctes, into)) {
                return behind + 2;
            }
        }
        return i + 1;
    }

    /** Whether the bracket holds a call's arguments: a name stands before it that no operand can follow. */
    private boolean isCall(int open) {
        return t.isName(open - 1)
                && !t.isAny(open - 1, "ROW", "SELECT", "DISTINCT", "WHEN", "THEN", "ELSE", "AND", "OR", "NOT");
    }

    private int word(int i, int to, Scope scope, Ctes ctes, Origins into) {
        String word = t.word(i);
        boolean call = t.is(i + 1, TokenType.LEFT_PAREN);
        if (call && word.equals("EXISTS")) {
            queries.influences().existing(Clauses.inside(t, i + 1, to), scope, ctes, into);
            return t.skip(i + 1, to);
        }
        if (call
                && MEMBERSHIP.contains(word)
                && queries.influences().containing(i, Clauses.inside(t, i + 1, to), scope, ctes, into)) {
            return t.skip(i + 1, to);
        }
        if (call && (word.equals("GROUPING") || word.equals("GROUPING_ID"))) {
            return t.skip(i + 1, to);
        }
        int tested = call ? nulls.tested(i) : 0;
        if (tested > 0 && !mayBeReplaced(Names.fold(word))) {
            nulls.call(i, to, tested, scope, ctes, into);
            return t.skip(i + 1, to);
        }
        if (call && word.equals("PG_TYPEOF") && !mayBeReplaced("pg_typeof")) {
            // The type's name.
            return t.skip(i + 1, to);
        }
        if (call && work().dialect == Dialect.MYSQL && OF_TYPES.contains(word)) {
            return t.skip(i + 1, to);
        }
        if (call && Counts.are(word)) {
            return new Counts(t, this).count(i, to, scope, ctes, into);
        }
        if (call && Counts.areLengths(t, i, to) && !mayBeReplaced(Names.fold(word))) {
            // As many as the rows that were collected.
            new Counts(t, this).count(i + 2, to, scope, ctes, into);
            return t.skip(i + 1, to);
        }
        if (call && word.equals("EXTRACT")) {
            return t.is(i + 3, "FROM") && t.isName(i + 2) ? i + 4 : i + 2;
        }
        if (call && (word.equals("XMLELEMENT") || word.equals("XMLPI"))) {
            return behindXmlName(i + 2);
        }
        if (word.equals("AS")) {
            return skipType(i + 1, to);
        }
        if (word.equals("INTERVAL") && !call) {
            int j = i + 1;
            if (t.is(j, TokenType.STRING) || t.is(j, TokenType.NUMBER) || t.is(j, TokenType.PARAM)) {
                j++;
                while (UNITS.contains(t.word(j)) && j < to) {
                    j++;
                }
            }
            return j;
        }
        if (word.equals("OVER") && t.isName(i + 1)) {
            windows.named(t.name(i + 1), scope, ctes, into);
            return i + 2;
        }
        if (word.equals("OVER") && call) {
            return windows.over(i + 1, to, scope, ctes, into);
        }
        if (call && word.equals("SET") && Variables.isVariable(t, i + 2)) {
            kept.set(i, to, scope, ctes);
            return i + 2;
        }
        if (t.is(i + 1, "VALUE") && t.is(i + 2, "FOR") && KeptValues.isSequence(word)) {
            into.add(KeptPlace.SEQUENCES.origin());
            return skipType(i + 3, to);
        }
        if (word.equals("OPERATOR") && call) {
            return t.skip(i + 1, to);
        }
        if (t.is(i + 1, TokenType.STRING) && LITERAL_TYPES.contains(word)) {
            return i + 2;
        }
        if (word.equals("COLLATE")) {
            return i + 2;
        }
        if (word.equals("AT") && t.is(i + 1, "TIME") && t.is(i + 2, "ZONE")) {
            return i + 3;
        }
        if (Words.NEVER_COLUMN.contains(word)) {
            if (!call && !Words.RESERVED.contains(word)) {
                scope.resolveKnown(t.name(i), into);
            }
            return i + 1;
        }
        if (call && work().dialect == Dialect.ORACLE && (word.equals("VALUE") || word.equals("REF"))) {
            Relation row = scope.relation(t.name(i + 2));
            if (row != null) {
                row.row(into);
            }
        }
        return chain(i, to, scope, ctes, into);
    }

    /** Where what an XML function is given begins behind the name of what it makes: {@code NAME x}, in Oracle {@code x} alone, unless EVALNAME. */
    private int behindXmlName(int i) {
        int name = i;
        while (work().dialect == Dialect.ORACLE && t.isAny(name, "ENTITYESCAPING", "NOENTITYESCAPING")) {
            name++;
        }
        if (t.is(name, "NAME") && t.isName(name + 1)) {
            return name + 2;
        }
        boolean alone = work().dialect == Dialect.ORACLE
                && t.isName(name)
                && (t.is(name + 1, TokenType.COMMA) || t.is(name + 1, TokenType.RIGHT_PAREN));
        return alone ? name + 1 : name;
    }

    private int skipType(int i, int to) {
        int j = i;
        if (t.isName(j) && j < to) {
            j++;
            while (t.is(j, TokenType.DOT) && t.isName(j + 1)) {
                j += 2;
            }
        }
        return Math.min(j, to);
    }

    private int chain(int i, int to, Scope scope, Ctes ctes, Origins into) {
        List<String> parts = new ArrayList<>(3);
        parts.add(t.name(i));
        int j = i + 1;
        boolean star = false;
        while (j < to && t.is(j, TokenType.DOT)) {
            if (t.isName(j + 1)) {
                parts.add(t.name(j + 1));
                j += 2;
            } else if (t.isOp(j + 1, "*")) {
                star = true;
                j += 2;
                break;
            } else {
                break;
            }
        }
        if (star) {
            Relation row = scope.relation(parts.get(parts.size() - 1));
            if (row == null) {
                into.markIncomplete();
            } else {
                row.row(into);
            }
            return j;
        }
        if (t.is(j, TokenType.LEFT_PAREN) && j < to) {
            QualifiedNames.method(parts, scope, work(), into);
            kept.call(parts.get(parts.size() - 1), Clauses.inside(t, j, to), scope, ctes, into);
            return j;
        }
        if (t.isOp(j, "=>") || t.isOp(j, ":=")) {
            return j + 1;
        }
        if (work().dialect == Dialect.ORACLE && ROW_VALUES.contains(parts.get(parts.size() - 1))) {
            Relation row = parts.size() == 1 ? null : scope.relation(parts.get(parts.size() - 2));
            if (row == null) {
                scope.rows(into);
            } else {
                row.row(into);
            }
        }
        if (nulls.follows(j)) {
            Origins tested = new Origins();
            QualifiedNames.resolve(parts, scope, work(), tested);
            if (!tested.isCopied()) {
                into.add(tested);
            }
            return j;
        }
        QualifiedNames.resolve(parts, scope, work(), into);
        return j;
    }
}
