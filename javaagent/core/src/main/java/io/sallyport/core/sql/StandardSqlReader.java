package io.sallyport.core.sql;

import io.sallyport.core.sql.SqlAnalysis.Parser;
import io.sallyport.core.sql.lex.CodeDigest;
import io.sallyport.core.sql.lex.Shape;
import io.sallyport.core.sql.lineage.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads statements with both readers and keeps the results. Thread-safe. */
public final class StandardSqlReader implements SqlReader {

    private final AnalysisCache cache;
    /** The schema used last; most processes have one or two targets. */
    private volatile @Nullable Prepared prepared;

    /** Keeps up to 10,000 results of together 32 MB of text. */
    public StandardSqlReader() {
        this(10_000, 32L << 20);
    }

    /**
     * Keeps results within both bounds.
     *
     * @param maxEntries statements
     * @param maxBytes bytes of statement text, estimated
     */
    public StandardSqlReader(int maxEntries, long maxBytes) {
        this.cache = new AnalysisCache(maxEntries, maxBytes);
    }

    @Override
    public SqlAnalysis read(Dialect dialect, String sql, Catalogue catalogue) {
        SqlAnalysis known = cache.get(dialect, sql, catalogue);
        if (known != null) {
            return known;
        }
        SqlAnalysis fresh = analyse(dialect, sql, catalogue);
        cache.put(dialect, sql, catalogue, fresh);
        return fresh;
    }

    private SqlAnalysis analyse(Dialect dialect, String sql, Catalogue catalogue) {
        try {
            return new Analyser(dialect, sql, schema(dialect, catalogue), catalogue).analyse();
        } catch (RuntimeException | StackOverflowError e) {
            return unreadable(dialect, sql);
        }
    }

    private Schema schema(Dialect dialect, Catalogue catalogue) {
        Prepared last = prepared;
        if (last == null || !last.isFor(dialect, catalogue)) {
            last = new Prepared(dialect, catalogue, Schema.of(dialect, catalogue));
            prepared = last;
        }
        return last.schema;
    }

    private record Prepared(Dialect dialect, Catalogue catalogue, Schema schema) {
        /** Catalogues that differ only in what was copied share their schema. */
        @SuppressWarnings("ReferenceEquality")
        boolean isFor(Dialect other, Catalogue of) {
            return dialect == other
                    && catalogue.tables() == of.tables()
                    && catalogue.views() == of.views()
                    && catalogue.structure().path() == of.structure().path()
                    && catalogue.structure().routines() == of.structure().routines()
                    && catalogue.structure().complete() == of.structure().complete();
        }
    }

    /** What is said of a text that made a reader fail: nothing, so it's opaque. */
    private static SqlAnalysis unreadable(Dialect dialect, String sql) {
        String shape = "<unreadable>";
        String code = CodeDigest.of(sql);
        return new SqlAnalysis(
                dialect,
                sql,
                shape,
                shape,
                code,
                Shape.fingerprint(dialect.cliName(), shape, code),
                StatementKind.DYNAMIC,
                Set.of(StatementKind.DYNAMIC),
                TransactionStep.MAY_COMMIT,
                DriverClash.ofUnreadable(dialect, sql),
                Risk.HIGH,
                SqlFacts.OPAQUE,
                List.of(),
                Lineage.UNKNOWN,
                ParameterPlaces.UNKNOWN,
                Parser.TOKENS);
    }
}
