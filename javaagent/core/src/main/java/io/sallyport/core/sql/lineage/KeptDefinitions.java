package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Inheritance;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.List;
import java.util.Set;

/** Objects that are no tables and whose definition can hold a value: constants, domains, sequences, comments. */
final class KeptDefinitions {

    private final Work work;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;

    KeptDefinitions(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
    }

    /** H2's constants, which count as tables with one column, as variables do. */
    void constant(int object, Span s) {
        TableName name = TableName.at(t, object + 1);
        int value = Clauses.find(t, name.end(), s.to(), "VALUE");
        if (value < s.to()) {
            String constant = Inheritance.constant(name.table());
            copies.column(
                    null,
                    constant,
                    constant,
                    values(new Span(value + 1, s.to())).asColumn(null));
        }
    }

    /** A domain's default goes into whichever column is of the domain. */
    void domain(int object, Span s) {
        int value = Clauses.find(t, object, s.to(), Set.of("DEFAULT", "UPDATE"));
        if (value < s.to()) {
            Span expression = new Span(value + 1, s.to());
            copies.kept(KeptPlace.DOMAINS, values(expression));
            if (calls(t, expression)) {
                ColumnOrigin place = KeptPlace.DOMAINS.origin();
                work.copies.add(new Lineage.Copy(place, List.of(place)));
            }
        }
    }

    /** Bounds of a partition, which are calculated when it is made (PostgreSQL manual, "CREATE TABLE"). */
    void bounds(Span span) {
        copies.kept(KeptPlace.DEFINITIONS, values(span));
    }

    /** START WITH, RESTART WITH, MAXVALUE and their like, which H2 takes from a query. */
    void sequence(int object, Span s) {
        copies.kept(KeptPlace.SEQUENCES, values(new Span(object + 1, s.to())));
    }

    /** COMMENT ON … IS value; H2 takes it from a query. */
    void comment(Span s) {
        int is = Clauses.find(t, s.from(), s.to(), "IS");
        copies.kept(KeptPlace.COMMENTS, values(new Span(Math.min(is + 1, s.to()), s.to())));
    }

    private Origins values(Span span) {
        Origins origins = new Origins();
        queries.expressions().collect(span, new Scope(null, false), new Ctes(null), origins);
        return origins;
    }

    /** Whether anything in the expression is called: what a function of the user's returns is told later. */
    static boolean calls(Tokens t, Span span) {
        for (int i = span.from(); i + 1 < span.to(); i++) {
            if (t.isName(i) && t.is(i + 1, TokenType.LEFT_PAREN)) {
                return true;
            }
        }
        return false;
    }
}
