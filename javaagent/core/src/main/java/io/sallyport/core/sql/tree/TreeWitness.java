package io.sallyport.core.sql.tree;

import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.statement.ExplainStatement;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.create.index.CreateIndex;
import net.sf.jsqlparser.statement.create.schema.CreateSchema;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.create.view.CreateView;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.grant.Grant;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.truncate.Truncate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.upsert.Upsert;
import org.jspecify.annotations.Nullable;

/** Parses a statement on the calling thread. Thread-safe; never throws. */
public final class TreeWitness {

    private TreeWitness() {}

    /**
     * What the tree says.
     *
     * @param kind kind of the statement; {@code null} when there's no tree, when it doesn't account for every token, or when the
     *     kind isn't one the tree is trusted with
     * @param filtered an UPDATE or DELETE has a WHERE, a WITH, a join or a LIMIT, which the token reader has judged
     */
    public record Testimony(@Nullable StatementKind kind, boolean filtered) {

        static final Testimony NONE = new Testimony(null, false);

        /** Whether the tree agrees that the statement is among {@code kinds}. */
        public boolean confirms(Set<StatementKind> kinds) {
            return kind != null && kinds.contains(kind);
        }
    }

    /** Testimony on the statement in {@code span}. */
    public static Testimony of(Tokens t, Span span) {
        String text = CanonicalText.of(t, span);
        if (text == null || text.isEmpty()) {
            return Testimony.NONE;
        }
        try {
            CCJSqlParser parser = new CCJSqlParser(new StringProvider(text)).withAllowComplexParsing(true);
            Statement statement = parser.Statement();
            if (statement == null || parser.getToken(1).kind != CCJSqlParserConstants.EOF) {
                return Testimony.NONE;
            }
            return judge(statement);
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            // Lexical errors and what the parser's own builders throw on input they cannot represent are
            // RuntimeExceptions.
            return Testimony.NONE;
        }
    }

    private static Testimony judge(Statement statement) {
        if (statement instanceof Update update) {
            return new Testimony(
                    StatementKind.UPDATE,
                    update.getWhere() != null
                            || update.getWithItemsList() != null
                            || update.getJoins() != null
                            || update.getStartJoins() != null
                            || update.getLimit() != null);
        }
        if (statement instanceof Delete delete) {
            return new Testimony(
                    StatementKind.DELETE,
                    delete.getWhere() != null
                            || delete.getWithItemsList() != null
                            || delete.getJoins() != null
                            || delete.getLimit() != null);
        }
        return new Testimony(kind(statement), true);
    }

    private static @Nullable StatementKind kind(Statement statement) {
        if (statement instanceof Select) {
            return StatementKind.READ;
        }
        if (statement instanceof Insert || statement instanceof Upsert) {
            return StatementKind.INSERT;
        }
        if (statement instanceof Merge) {
            return StatementKind.MERGE;
        }
        if (statement instanceof Truncate) {
            return StatementKind.TRUNCATE;
        }
        if (statement instanceof Drop) {
            return StatementKind.DROP;
        }
        if (statement instanceof CreateTable
                || statement instanceof CreateView
                || statement instanceof CreateIndex
                || statement instanceof CreateSchema) {
            return StatementKind.CREATE;
        }
        if (statement instanceof Alter) {
            return StatementKind.ALTER;
        }
        if (statement instanceof Grant) {
            return StatementKind.GRANT_REVOKE;
        }
        return statement instanceof ExplainStatement ? StatementKind.EXPLAIN : null;
    }
}
