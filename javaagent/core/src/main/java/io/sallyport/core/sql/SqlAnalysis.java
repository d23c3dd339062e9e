package io.sallyport.core.sql;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything the core knows about one SQL text. Immutable, safe to share between threads, independent of any policy.
 *
 * @param sql the text as it will be sent; never put into an error message
 * @param shape the text with every literal replaced by {@code ?} and white space and comments folded; what grants and rules compare
 * @param recorded the shape as it is written down: {@code ?} also for what stands in double quotes and may be a value, where the dialect allows that
 * @param code a hash of what the literals hold, where the effect depends on that: they are run, or name a file, or what is done with them cannot be
 *     told ({@link io.sallyport.core.sql.lex.CodeDigest}); {@code null} where they are but values
 * @param fingerprint 16 hex digits that identify {@code shape}, and {@code code}, within its dialect
 * @param kind the most consequential kind
 * @param kinds kinds of all parts, {@code kind} among them
 * @param step what it makes of the transaction that it runs in
 * @param clash what it changes behind the driver's back; {@code null} for nothing
 * @param tables base tables read or written, without duplicates
 * @param parameters where the bound parameters stand
 * @param parser which of the two readers the result rests on
 */
public record SqlAnalysis(
        Dialect dialect,
        String sql,
        String shape,
        String recorded,
        @Nullable String code,
        String fingerprint,
        StatementKind kind,
        Set<StatementKind> kinds,
        TransactionStep step,
        @Nullable DriverClash clash,
        Risk risk,
        SqlFacts facts,
        List<TableUse> tables,
        Lineage lineage,
        ParameterPlaces parameters,
        Parser parser) {

    /** The reader that a result rests on. */
    public enum Parser {
        TREE,
        TOKENS
    }

    /** Of a statement whose parameters' places aren't known. */
    public SqlAnalysis(
            Dialect dialect,
            String sql,
            String shape,
            String fingerprint,
            StatementKind kind,
            Set<StatementKind> kinds,
            Risk risk,
            SqlFacts facts,
            List<TableUse> tables,
            Lineage lineage,
            Parser parser) {
        this(
                dialect,
                sql,
                shape,
                shape,
                null,
                fingerprint,
                kind,
                kinds,
                TransactionStep.of(dialect, sql, shape, kinds, facts),
                DriverClash.of(dialect, sql, kinds),
                risk,
                facts,
                tables,
                lineage,
                ParameterPlaces.UNKNOWN,
                parser);
    }

    /** The same, of whose output nothing is known. */
    public SqlAnalysis withUnknownOutput() {
        return with(Lineage.UNKNOWN);
    }

    /** The same, answering with the columns that {@code query} answers with. */
    public SqlAnalysis withOutputOf(SqlAnalysis query) {
        Lineage its = query.lineage;
        return with(new Lineage(
                its.items(), lineage.exact() && its.exact(), lineage.copies(), lineage.influences(), its.inherited()));
    }

    /** The same, answering with these columns. */
    public SqlAnalysis withOutput(List<OutputItem> items) {
        return with(new Lineage(items, lineage.exact(), lineage.copies(), lineage.influences(), lineage.inherited()));
    }

    private SqlAnalysis with(Lineage other) {
        return new SqlAnalysis(
                dialect,
                sql,
                shape,
                recorded,
                code,
                fingerprint,
                kind,
                kinds,
                step,
                clash,
                risk,
                facts,
                tables,
                other,
                parameters,
                parser);
    }

    public SqlAnalysis {
        kinds = Set.copyOf(kinds);
        tables = List.copyOf(tables);
    }
}
