package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.List;
import java.util.Set;

/** What asks whether a column is NULL, in words and in functions: of a base column as it is, the answer tells nothing of its values. */
final class NullTests {

    private static final Set<String> OF_EACH = Set.of("NUM_NULLS", "NUM_NONNULLS");

    private final Tokens t;
    private final Dialect dialect;
    private final Expressions expressions;

    NullTests(Tokens t, Dialect dialect, Expressions expressions) {
        this.t = t;
        this.dialect = dialect;
        this.expressions = expressions;
    }

    /** Whether a test follows the operand that ends before {@code i}. */
    boolean follows(int i) {
        return t.is(i, "IS") && (t.is(i + 1, "NULL") || t.is(i + 1, "NOT") && t.is(i + 2, "NULL"))
                || t.isAny(i, "ISNULL", "NOTNULL") && !t.is(i + 1, TokenType.LEFT_PAREN)
                || t.isOp(i, "<=>") && t.is(i + 1, "NULL");
    }

    /** How many of the first arguments of the function at {@code i} are tested only. */
    int tested(int i) {
        String function = t.word(i);
        if (OF_EACH.contains(function)) {
            return Integer.MAX_VALUE;
        }
        boolean first = function.equals("NVL2") && (dialect == Dialect.ORACLE || dialect == Dialect.H2)
                || function.equals("ISNULL") && dialect == Dialect.MYSQL
                || function.equals("DECODE") && isOfNullOnly(i + 1);
        return first ? 1 : 0;
    }

    /** {@code DECODE (a, NULL, x, y)}: what is asked of a is no more than whether it is NULL. */
    private boolean isOfNullOnly(int open) {
        boolean decodes = dialect == Dialect.ORACLE || dialect == Dialect.H2;
        Span inside = Clauses.inside(t, open, t.size());
        List<Span> arguments = decodes ? Clauses.commaSeparated(t, inside.from(), inside.to()) : List.of();
        if (arguments.size() < 3 || arguments.size() > 4) {
            return false;
        }
        Span search = arguments.get(1);
        return t.is(search.from(), "NULL") && search.to() == search.from() + 1;
    }

    /**
     * Adds what a test tells of the columns between brackets: {@code (a, b) IS NULL}. What is computed there is left to be read as it stands, without
     * another call on the stack.
     *
     * @return whether there are only columns
     */
    boolean row(Span inside, Scope scope, Ctes ctes, Origins into) {
        List<Span> each = Clauses.commaSeparated(t, inside.from(), inside.to());
        boolean columns = each.stream().allMatch(one -> t.isName(one.from()) && Counts.isColumn(t, one));
        if (columns) {
            each.forEach(column -> add(column, true, scope, ctes, into));
        }
        return columns;
    }

    private void add(Span operand, boolean tested, Scope scope, Ctes ctes, Origins into) {
        Origins origins = new Origins();
        expressions.collect(operand, scope, ctes, origins);
        if (!tested || !Counts.isColumn(t, operand) || !origins.isCopied() || origins.isRow()) {
            into.add(origins);
        }
    }

    /** Adds what the call at {@code i} tells of its arguments, of which so many are {@code tested}. */
    void call(int i, int to, int tested, Scope scope, Ctes ctes, Origins into) {
        Span inside = Clauses.inside(t, i + 1, to);
        List<Span> arguments = Clauses.commaSeparated(t, inside.from(), inside.to());
        for (int k = 0; k < arguments.size(); k++) {
            add(arguments.get(k), k < tested, scope, ctes, into);
        }
    }
}
