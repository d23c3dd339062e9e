package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's row values whose text tells their fields: a relation's name, {@code ROW(…)} and a column that holds one of those. One
 * field of such a value is that field, and not the whole row. JSON that is made of one: {@link JsonFields}.
 */
final class RowFields {

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
                QualifiedNames.column(relation, name, expressions.work(), into);
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

    private @Nullable List<Out> named(Span row, Scope scope) {
        Relation relation = relation(row, scope);
        if (relation != null && scope.only(t.name(row.from())) == null) {
            return relation.isPlain() ? relation.outs() : null;
        }
        return column(row, scope);
    }

    /** The fields of the column that {@code row} names. */
    @Nullable
    List<Out> column(Span row, Scope scope) {
        int last = row.to() - 1;
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

    /** What stands within all brackets around {@code span}. */
    Span unbracketed(Span span) {
        int from = span.from();
        int to = span.to();
        while (from < to && t.is(from, TokenType.LEFT_PAREN) && t.match(from) == to - 1) {
            from++;
            to--;
        }
        return new Span(from, to);
    }
}
