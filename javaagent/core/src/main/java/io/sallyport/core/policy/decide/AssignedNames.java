package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of columns that values are assigned to, as the server reads them. Stateless. */
final class AssignedNames {
    private final Dialect dialect;
    private final Tokens t;

    AssignedNames(Dialect dialect, Tokens t) {
        this.dialect = dialect;
        this.t = t;
    }

    /** The columns in the brackets that open at {@code open}; the empty text for one that cannot be told. */
    List<String> inBrackets(int open) {
        List<String> names = new ArrayList<>();
        var inside = Clauses.inside(t, open, t.size());
        for (var part : Clauses.commaSeparated(t, inside.from(), inside.to())) {
            String name = at(part.from(), part.to());
            names.add(name == null ? "" : name);
        }
        return names;
    }

    /** The column that {@code [from, to)} names; {@code null} where none can be told. */
    @Nullable
    String at(int from, int to) {
        int last = from;
        while (t.is(last + 1, TokenType.DOT) && last + 2 < to) {
            last += 2;
        }
        // What follows a dot is a part of the column on PostgreSQL, the column itself elsewhere.
        int at = dialect == Dialect.POSTGRESQL ? from : last;
        if (from >= to || dialect == Dialect.GENERIC && last > from) {
            return null;
        }
        if (t.is(at, TokenType.STRING) && t.text(at).charAt(0) == '"') {
            return t.content(at);
        }
        return t.isName(at) ? t.name(at) : null;
    }
}
