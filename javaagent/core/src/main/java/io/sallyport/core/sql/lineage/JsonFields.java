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
 * PostgreSQL's JSON objects whose text tells their members: {@code to_jsonb(row)}, {@code json_build_object('name', value, …)}, and a
 * column of a sub-query that holds one. A member that is taken out again is that member, and not the whole object.
 */
final class JsonFields {

    private static final Set<String> OF_ROW = Set.of("TO_JSON", "TO_JSONB", "ROW_TO_JSON");
    private static final Set<String> OF_PAIRS = Set.of("JSON_BUILD_OBJECT", "JSONB_BUILD_OBJECT");
    /** Objects within objects are followed so far, since each level is read once more for the one around it. */
    private static final int MOST_LEVELS = 4;

    private final Tokens t;
    private final Expressions expressions;
    private final RowFields rows;

    JsonFields(Tokens t, Expressions expressions, RowFields rows) {
        this.t = t;
        this.expressions = expressions;
        this.rows = rows;
    }

    /** The members of the object that {@code span} is; {@code null} where they cannot be told. */
    @Nullable
    List<Out> of(Span span, Scope scope, Ctes ctes) {
        return of(span, scope, ctes, MOST_LEVELS);
    }

    /** Whether an object may be made or named at {@code i}, so that {@link #member} is worth a question. */
    boolean mayBegin(int i) {
        return t.is(i, TokenType.LEFT_PAREN) || isMaker(i) || t.isName(i) && !t.is(i + 1, TokenType.LEFT_PAREN);
    }

    private boolean isMaker(int i) {
        return t.is(i + 1, TokenType.LEFT_PAREN)
                && !t.is(i - 1, TokenType.DOT)
                && (OF_ROW.contains(t.word(i)) || OF_PAIRS.contains(t.word(i)));
    }

    /**
     * Adds what {@code object -> 'a' ->> 'b'} or {@code object #>> '{a,b}'} takes out of the object that begins at {@code i}.
     *
     * @return index behind it; {@code i} where the member cannot be told, and nothing is added
     */
    int member(int i, int to, Scope scope, Ctes ctes, Origins into) {
        int end = objectEnd(i, to);
        if (end >= to || path(end, to) == null || t.is(i - 1, TokenType.OPERATOR)) {
            return i;
        }
        List<Out> members = of(new Span(i, end), scope, ctes);
        Out found = null;
        int at = end;
        for (List<String> path = path(at, to); path != null && members != null; path = path(at, to)) {
            for (String name : path) {
                found = members == null ? null : named(name, members);
                members = found == null ? null : found.fields();
                if (found == null) {
                    return i;
                }
            }
            at += 2;
        }
        if (found == null) {
            return i;
        }
        into.add(found);
        return at;
    }

    /** Index behind the brackets, call or name chain at {@code i}, and behind a cast to JSON. */
    private int objectEnd(int i, int to) {
        int end = i;
        if (t.is(i, TokenType.LEFT_PAREN)) {
            end = t.skip(i, to);
        } else if (isMaker(i)) {
            end = t.skip(i + 1, to);
        } else {
            while (t.isName(end) && t.is(end + 1, TokenType.DOT)) {
                end += 2;
            }
            end++;
        }
        while (isCast(end)) {
            end += 2;
        }
        return end;
    }

    private boolean isCast(int i) {
        return t.isOp(i, "::") && t.isAny(i + 1, "JSON", "JSONB");
    }

    /** The names that the operator at {@code i} follows one into the other; {@code null} where it is none or they are computed. */
    private @Nullable List<String> path(int i, int to) {
        boolean one = t.isOp(i, "->") || t.isOp(i, "->>");
        boolean several = t.isOp(i, "#>") || t.isOp(i, "#>>");
        boolean literal = i + 1 < to && t.is(i + 1, TokenType.STRING) && !t.is(i + 2, TokenType.STRING);
        if (!literal || !one && !several) {
            return null;
        }
        String text = t.content(i + 1);
        if (one) {
            return List.of(text);
        }
        boolean plain = text.matches("\\{\\w+(,\\w+)*}");
        return plain ? List.of(text.substring(1, text.length() - 1).split(",")) : null;
    }

    private @Nullable List<Out> of(Span span, Scope scope, Ctes ctes, int levels) {
        int to = span.to();
        while (to - 2 > span.from() && isCast(to - 2)) {
            to -= 2;
        }
        Span object = rows.unbracketed(new Span(span.from(), to));
        if (object.to() < to) {
            return of(object, scope, ctes, levels);
        }
        boolean call = isMaker(object.from()) && t.skip(object.from() + 1, object.to()) == object.to();
        if (!call) {
            return rows.column(object, scope);
        }
        if (levels == 0 || expressions.mayBeReplaced(Names.fold(t.word(object.from())))) {
            return null;
        }
        Span inside = Clauses.inside(t, object.from() + 1, object.to());
        return OF_ROW.contains(t.word(object.from())) ? ofRow(inside, scope, ctes) : pairs(inside, scope, ctes, levels);
    }

    /** A row's fields, all of which have a name that is known. */
    private @Nullable List<Out> ofRow(Span row, Scope scope, Ctes ctes) {
        List<Out> fields = rows.of(row, scope, ctes);
        return fields == null || fields.stream().anyMatch(field -> field.name() == null) ? null : fields;
    }

    private @Nullable List<Out> pairs(Span inside, Scope scope, Ctes ctes, int levels) {
        List<Span> each = Clauses.commaSeparated(t, inside.from(), inside.to());
        List<Out> members = new ArrayList<>();
        for (int i = 0; i + 1 < each.size(); i += 2) {
            Span name = each.get(i);
            if (name.to() != name.from() + 1 || !t.is(name.from(), TokenType.STRING)) {
                return null;
            }
            Span value = each.get(i + 1);
            Origins origins = new Origins();
            expressions.collect(value, scope, ctes, origins);
            members.add(origins.asColumn(Names.fold(t.content(name.from())))
                    .withFields(of(value, scope, ctes, levels - 1)));
        }
        return members.isEmpty() ? null : members;
    }

    /** The member of this name; {@code null} without one, where an object has it twice or only a server could name it. */
    private static @Nullable Out named(String key, List<Out> members) {
        String name = Names.fold(key);
        Out found = null;
        for (Out member : members) {
            if (name.equals(member.name())) {
                if (found != null) {
                    return null;
                }
                found = member;
            }
        }
        return found;
    }
}
