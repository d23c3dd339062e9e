package io.sallyport.benchmarks.core;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StandardSqlReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Facts and lineage of a statement. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SqlFactsBenchmark {

    private static final String TYPICAL = """
            SELECT o.id, o.placed_at, c.name, c.email, sum(i.price * i.quantity) AS total
            FROM orders o JOIN customers c ON c.id = o.customer_id JOIN items i ON i.order_id = o.id
            WHERE o.status = 'open' AND c.country IN ('DE', 'FR') AND o.id > """;

    private final StandardSqlReader cached = new StandardSqlReader();
    private final StandardSqlReader uncached = new StandardSqlReader(0, 0);
    private final String known = TYPICAL + "? GROUP BY 1, 2, 3, 4 ORDER BY 2 DESC LIMIT 50";
    /** 64 KB of what takes longest in them, for a server that could be any, which is several readings; a number is missing at its end. */
    private final String worst = "SELECT * FROM (SELECT id FROM t) q "
            + "FULL JOIN (SELECT id, a FROM t) q USING (id) ".repeat(1_489) + "WHERE id = ";

    private int next;

    @Benchmark
    public SqlAnalysis cached() {
        return cached.read(Dialect.POSTGRESQL, known, Catalogue.EMPTY);
    }

    @Benchmark
    public SqlAnalysis uncached() {
        String text = TYPICAL + next++ + " GROUP BY 1, 2, 3, 4 ORDER BY 2 DESC LIMIT 50";
        return uncached.read(Dialect.POSTGRESQL, text, Catalogue.EMPTY);
    }

    @Benchmark
    public SqlAnalysis worst() {
        // Another text each time: the very object that was read last is known.
        return uncached.read(Dialect.GENERIC, worst + next++, Catalogue.EMPTY);
    }
}
