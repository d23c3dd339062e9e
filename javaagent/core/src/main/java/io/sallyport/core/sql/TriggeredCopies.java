package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.lineage.LineageReader;
import io.sallyport.core.sql.lineage.Schema;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code CREATE TRIGGER … ON table … EXECUTE FUNCTION name()} (PostgreSQL): what the function's body copies, its NEW and OLD being
 * rows of that table.
 */
final class TriggeredCopies {

    private TriggeredCopies() {}

    static List<Lineage.Copy> of(Dialect dialect, Schema schema, Routines routines, Tokens t, List<Span> statements) {
        List<Lineage.Copy> copies = new ArrayList<>();
        if (dialect == Dialect.POSTGRESQL && !routines.isEmpty()) {
            for (Span s : statements) {
                if (t.is(s.from(), "CREATE") && Clauses.find(t, s.from(), s.to(), "TRIGGER") < s.to()) {
                    add(dialect, schema, routines, t, s, copies);
                }
            }
        }
        return copies;
    }

    private static void add(
            Dialect dialect, Schema schema, Routines routines, Tokens t, Span s, List<Lineage.Copy> copies) {
        int on = Clauses.find(t, s.from(), s.to(), "ON") + 1;
        int execute = Clauses.find(t, on, s.to(), Set.of("EXECUTE"));
        String inSchema = t.is(on + 1, TokenType.DOT) ? t.name(on) : null;
        String table = inSchema == null ? t.name(on) : t.name(on + 2);
        int name = execute + 2;
        while (t.is(name + 1, TokenType.DOT)) {
            name += 2;
        }
        for (StoredRoutine body : routines.named(t.name(name))) {
            copies.addAll(LineageReader.triggered(
                    dialect, schema, Lexer.tokens(body.definition(), LexRules.of(dialect)), inSchema, table));
        }
    }
}
