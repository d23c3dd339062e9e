package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's row values whose text tells their fields: a relation's name, {@code ROW(…)}, a column that holds one of those, and JSON
 * that is made of one or of named values. One field of such a value is that field, and not the whole row.
 */
final class RowFields {

    private static final Set<String> JSON_OF_ROW = Set.of("TO_JSON", "TO_JSONB", "ROW_TO_JSON");
    private static final Set<String> JSON_OF_PAIRS = Set.of("JSON_BUILD_OBJECT", "JSONB_BUILD_OBJECT");

    private final Tokens t;
    private final Expressions expressions;

    RowFields(Tokens t, Expressions expressions) {
        this.t = t;
        this.expressions = expressions;
    }

    /** The fields of the row that {@code span} is; {@code null} where they cannot be told. */
    @Nullable
    List<Out> of(Span span, Scope scope, Ctes ctes) {
        Span row = unbracketed(span);
        List<Span> values = constructed(row);
        if (values == null) {
            return named(row, scope);
        }
        List<Out> fields = new ArrayList<>();
        for (Span value : values) {
            Origins origins = new Origins();
            expressions.collect(value, scope, ctes, origins);
            fields.add(origins.asColumn("f" + (fields.size() + 1)));
        }
        return fields;
    }

    /** Adds the field {@code name} of the row that {@code span} is; {@code false} where it cannot be told, and nothing is added. */
    boolean select(Span span, String name, Scope scope, Ctes ctes, Origins into) {
        Span row = unbracketed(span);
        List<Span> values = constructed(row);
        if (values == null) {
            Relation relation = relation(row, scope);
            if (relation != null && scope.only(t.name(row.from())) == null) {
                QualifiedNames.column(relation, name, into);
                return true;
            }
            return named(name, named(row, scope), into);
        }
        for (int i = 0; i < values.size(); i++) {
            if (name.equals("f" + (i + 1))) {
                expressions.collect(values.get(i), scope, ctes, into);
                return true;
            }
        }
        return false;
    }

    /** {@code (array_agg(row ORDER BY x))[n].name}: the field, and what decides which row it is of. */
    boolean element(Span array, Span subscript, String name, Scope scope, Ctes ctes, Origins into) {
        Span call = unbracketed(array);
        int open = call.from() + 1;
        if (!t.is(call.from(), "ARRAY_AGG")
                || !t.is(open, TokenType.LEFT_PAREN)
                || t.skip(open, call.to()) != call.to()
                || expressions.mayBeReplaced("array_agg")) {
            return false;
        }
        int order = Clauses.find(t, open + 1, call.to() - 1, "ORDER");
        if (!select(new Span(open + 1, order), name, scope, ctes, into)) {
            return false;
        }
        expressions.collect(new Span(order, call.to() - 1), scope, ctes, into);
        expressions.collect(subscript, scope, ctes, into);
        return true;
    }

    /** Adds the field {@code name} of {@code fields}. */
    static boolean named(String name, @Nullable List<Out> fields, Origins into) {
        if (fields == null || QualifiedNames.isRowFunction(name)) {
            return false;
        }
        boolean found = false;
        if (fields.stream().anyMatch(field -> field.name() == null)) {
            // The server names it, perhaps so.
            return false;
        }
        for (Out field : fields) {
            if (name.equals(field.name())) {
                into.add(field);
                found = true;
            }
        }
        return found;
    }

    /** {@code to_jsonb(row) ->> 'field'} and {@code json_build_object('field', value) -> 'field'}, the call being at {@code i}. */
    boolean member(int i, int to, Scope scope, Ctes ctes, Origins into) {
        String function = t.word(i);
        boolean row = JSON_OF_ROW.contains(function);
        int operator = row || JSON_OF_PAIRS.contains(function) ? t.skip(i + 1, to) : to;
        boolean chosen = operator + 1 < to
                && (t.isOp(operator, "->") || t.isOp(operator, "->>"))
                && t.is(operator + 1, TokenType.STRING)
                && !t.is(i - 1, TokenType.OPERATOR);
        if (!chosen || expressions.mayBeReplaced(Names.fold(function))) {
            return false;
        }
        Span inside = Clauses.inside(t, i + 1, to);
        String key = t.content(operator + 1);
        return row ? named(Names.fold(key), of(inside, scope, ctes), into) : pair(key, inside, scope, ctes, into);
    }

    private boolean pair(String key, Span inside, Scope scope, Ctes ctes, Origins into) {
        List<Span> values = Clauses.commaSeparated(t, inside.from(), inside.to());
        for (int i = 0; i < values.size(); i += 2) {
            Span name = values.get(i);
            if (name.to() != name.from() + 1 || !t.is(name.from(), TokenType.STRING)) {
                return false;
            }
        }
        boolean found = false;
        for (int i = 0; i + 1 < values.size(); i += 2) {
            if (t.content(values.get(i).from()).equals(key)) {
                expressions.collect(values.get(i + 1), scope, ctes, into);
                found = true;
            }
        }
        return found;
    }

    private @Nullable List<Out> named(Span row, Scope scope) {
        Relation relation = relation(row, scope);
        int last = row.to() - 1;
        if (relation != null && scope.only(t.name(row.from())) == null) {
            return relation.isPlain() ? relation.outs() : null;
        }
        Out column = null;
        if (last == row.from() && t.isName(last)) {
            column = scope.only(t.name(last));
        } else if (last == row.from() + 2 && t.is(last - 1, TokenType.DOT) && t.isName(last) && t.isName(last - 2)) {
            Relation of = scope.relation(t.name(row.from()));
            column = of == null ? null : of.named(t.name(last));
        }
        return column == null ? null : column.fields();
    }

    /** {@code p} or {@code p.*}. */
    private @Nullable Relation relation(Span row, Scope scope) {
        boolean alone = row.to() == row.from() + 1;
        boolean star = row.to() == row.from() + 3 && t.is(row.from() + 1, TokenType.DOT) && t.isOp(row.from() + 2, "*");
        return t.isName(row.from()) && (alone || star) ? scope.relation(t.name(row.from())) : null;
    }

    /** The values of {@code ROW(…)}; {@code null} where it is none, or one of unknown length. */
    private @Nullable List<Span> constructed(Span row) {
        if (!t.is(row.from(), "ROW")
                || !t.is(row.from() + 1, TokenType.LEFT_PAREN)
                || t.skip(row.from() + 1, row.to()) != row.to()) {
            return null;
        }
        Span inside = Clauses.inside(t, row.from() + 1, row.to());
        List<Span> values = Clauses.commaSeparated(t, inside.from(), inside.to());
        return values.stream().anyMatch(value -> t.isOp(value.to() - 1, "*")) ? null : values;
    }

    private Span unbracketed(Span span) {
        int from = span.from();
        int to = span.to();
        while (from < to && t.is(from, TokenType.LEFT_PAREN) && t.match(from) == to - 1) {
            from++;
            to--;
        }
        return new Span(from, to);
    }
}
