package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is read on the calling thread with bounded stack, and the work grows with its length, not faster. */
class ReaderBoundsTest {

    private static String repeat(String text, int times) {
        return text.repeat(times);
    }

    static List<Arguments> shapes() {
        return List.of(
                shape("nested brackets", n -> "SELECT " + repeat("(", n) + "1" + repeat(")", n)),
                shape("unclosed brackets", n -> "SELECT " + repeat("((1 + ", n)),
                shape("nested calls", n -> "SELECT " + repeat("f(", n) + "1" + repeat(")", n)),
                shape(
                        "nested CASE",
                        n -> "DELETE FROM t WHERE " + repeat("CASE WHEN ", n) + "1=1" + repeat(" THEN 1 END", n)),
                shape(
                        "nested IN",
                        n -> "SELECT a FROM t WHERE " + repeat("a IN (SELECT a FROM t WHERE ", n) + "1=1"
                                + repeat(")", n)),
                shape("nested FROM", n -> "SELECT * FROM " + repeat("(", n) + "t" + repeat(")", n)),
                shape(
                        "nested sub-selects",
                        n -> "SELECT * FROM " + repeat("(SELECT * FROM ", n) + "t" + repeat(") x", n)),
                shape("AND chain", n -> "DELETE FROM t WHERE a = 1" + repeat(" AND b = 2", n)),
                shape("OR chain", n -> "DELETE FROM t WHERE a = 1" + repeat(" OR b = 2", n)),
                shape("NOT chain", n -> "DELETE FROM t WHERE " + repeat("NOT ", n) + "a = 1"),
                shape("sum chain", n -> "SELECT 1" + repeat(" + a", n) + " FROM t"),
                shape("concatenation in a filter", n -> "UPDATE t SET a = 1 WHERE b = 'x'" + repeat(" || c", n)),
                shape("UNION chain", n -> "SELECT a FROM t" + repeat(" UNION SELECT b FROM u", n)),
                shape("JOIN chain", n -> "SELECT * FROM t" + repeat(" JOIN u ON t.a = u.a", n)),
                shape("VALUES rows", n -> "INSERT INTO t VALUES (1, 'a')" + repeat(", (2, 'b')", n)),
                shape("VALUES rows with calls", n -> "INSERT INTO t VALUES (now(), 'a')" + repeat(", (now(), 'b')", n)),
                shape("IN list", n -> "SELECT a FROM t WHERE a IN (1" + repeat(", 2", n) + ")"),
                shape("name parts", n -> "SELECT a" + repeat(".b", n) + " FROM t"),
                shape("statements", n -> repeat("SELECT 1;", n)),
                shape(
                        "CTEs",
                        n -> "WITH a AS (SELECT 1 b)" + repeat(", a AS (SELECT b FROM a)", n) + " SELECT * FROM a"),
                shape(
                        "CTEs that double their columns",
                        n -> "WITH a AS (SELECT * FROM t)" + repeat(", a AS (SELECT *, a.* FROM a)", n)
                                + " SELECT * FROM a"),
                shape(
                        "recursive CTEs that double their columns",
                        n -> "WITH RECURSIVE a (x) AS (SELECT *, a.* FROM a)"
                                + repeat(", a (x) AS (SELECT *, a.* FROM a)", n) + " SELECT * FROM a"),
                shape("windows by name", n -> "SELECT rank() OVER w FROM t WINDOW w AS (w)" + repeat(", w AS (w)", n)),
                shape("ternaries", n -> "SELECT a" + repeat(" ? b : c", n)),
                shape("dollar tags", n -> repeat("$a", n)),
                shape("open quotes", n -> repeat("'", n)),
                shape("comment openers", n -> repeat("/*", n)),
                shape("executable comments", n -> "SELECT 1 " + repeat("/*!", n)),
                shape("semicolons", n -> repeat(";", n)),
                shape("select items", n -> "SELECT a" + repeat(", a", n) + " FROM t"),
                shape("FROM words", n -> repeat("FROM ", n)),
                shape("WITH words", n -> repeat("WITH a AS (", n)),
                shape("rights", n -> "GRANT SELECT" + repeat(", SELECT", n) + " ON t TO b"),
                shape("assignments in a block", n -> "BEGIN " + repeat("x := 1; ", n) + "END"),
                shape("statements that begin with a number", n -> repeat("1;", n)),
                shape("columns for a program", n -> "COPY t (a" + repeat(", a, a, a, a", n) + ") TO PROGRAM 'x'"),
                shape(
                        "users with passwords",
                        n -> "GRANT CONNECT TO a" + repeat(", a, a", n) + " IDENTIFIED BY b; COPY t TO PROGRAM 'x'"),
                shape("writes in writes", n -> repeat("DELETE FROM t WHERE a IN (", n) + "1" + repeat(")", n)),
                shape(
                        "EXISTS in a filter",
                        n -> "DELETE FROM t WHERE a = 1" + repeat(" AND EXISTS (SELECT 1 FROM u)", n)));
    }

    private static Arguments shape(String name, IntFunction<String> text) {
        return Arguments.of(name, text);
    }

    /** Ten times the text may cost at most forty times the work, with a floor below which clocks tell nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void workGrowsWithLength(String name, IntFunction<String> text) throws InterruptedException {
        for (Dialect dialect : new Dialect[] {Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.TSQL}) {
            cost(dialect, text.apply(300));
            long small = Math.max(50_000_000, cost(dialect, text.apply(3_000)));
            long large = cost(dialect, text.apply(30_000));

            assertThat(large).as("%s in %s", name, dialect).isLessThan(small * 40);
        }
    }

    /** Nanoseconds of CPU on a thread with a small stack. */
    private static long cost(Dialect dialect, String sql) throws InterruptedException {
        long[] nanos = {-1};
        Thread thread = new Thread(
                null,
                () -> {
                    long start = java.lang.management.ManagementFactory.getThreadMXBean()
                            .getCurrentThreadCpuTime();
                    SqlAnalysis analysis = new StandardSqlReader(1, 1).read(dialect, sql, Catalogue.EMPTY);
                    if (!isUnread(analysis)) {
                        nanos[0] = java.lang.management.ManagementFactory.getThreadMXBean()
                                        .getCurrentThreadCpuTime()
                                - start;
                    }
                },
                "small stack",
                512 << 10);
        thread.start();
        thread.join();
        assertThat(nanos[0]).as("read without overflowing the stack").isNotNegative();
        return nanos[0];
    }

    /** Whether a reader failed on the text. */
    private static boolean isUnread(SqlAnalysis analysis) {
        return analysis.shape().equals("<unreadable>");
    }

    @Test
    void anyTextIsReadWithoutAnException() {
        String[] pieces = {
            "SELECT",
            "FROM",
            "WHERE",
            "(",
            ")",
            "'",
            "\"",
            "`",
            "[",
            "]",
            ";",
            ",",
            ".",
            "*",
            "$$",
            "$1",
            "?",
            ":a",
            "@b",
            "/*",
            "*/",
            "/*!",
            "--",
            "#",
            "\n",
            "1",
            "1e",
            "0x",
            "a",
            "t",
            "AS",
            "WITH",
            "UPDATE",
            "SET",
            "=",
            "DELETE",
            "INSERT",
            "INTO",
            "VALUES",
            "CASE",
            "WHEN",
            "END",
            "BEGIN",
            "E'",
            "U&\"",
            "q'[",
            "UNION",
            "MERGE",
            "USING",
            "ON",
            "THEN",
            "RETURNING",
            "OUTPUT",
            "COPY",
            "TO",
            "EXPLAIN",
            "ANALYZE",
            "CREATE",
            "TABLE",
            "VIEW",
            "DROP",
            "ALTER",
            "{",
            "}",
            "call",
            "\\",
            "::",
            "IN",
            "NOT",
            "EXISTS",
            "JOIN",
            "\u0000",
            "\ud800",
            "é",
            "OVER",
            "GROUP",
            "BY",
            "LIMIT",
            "EXEC",
            "SEARCH",
            "CYCLE",
            "RECURSIVE",
            "INTERVAL",
            "CAST"
        };
        Random random = new Random(42);
        SqlReader reader = new StandardSqlReader(1, 1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(30);
            for (int j = 0; j < length; j++) {
                text.append(pieces[random.nextInt(pieces.length)]).append(random.nextInt(4) == 0 ? "" : " ");
            }
            Dialect dialect = Dialect.values()[random.nextInt(Dialect.values().length)];
            SqlAnalysis analysis = reader.read(dialect, text.toString(), Catalogue.EMPTY);
            assertThat(isUnread(analysis)).as("%s: %s", dialect, text).isFalse();
        }
    }

    @Test
    void shapeHoldsNoLiteralAndStandsForAllItsStatements() {
        SqlReader reader = new StandardSqlReader();
        SqlAnalysis a = reader.read(
                Dialect.POSTGRESQL,
                "SELECT  x FROM t WHERE a = 'secret' /* secret */ AND b IN (1, 2, 3) -- secret",
                Catalogue.EMPTY);
        SqlAnalysis b = reader.read(Dialect.POSTGRESQL, "SELECT x FROM t\nWHERE a = 'y' AND b IN (4)", Catalogue.EMPTY);

        assertThat(a.shape())
                .isEqualTo("SELECT x FROM t WHERE a = ? AND b IN (?)")
                .isEqualTo(b.shape());
        assertThat(a.fingerprint()).hasSize(16).isEqualTo(b.fingerprint());
    }

    @Test
    void aBoundedWriteIsLowWhereItsFilterIsReadToItsEnd() {
        SqlReader reader = new StandardSqlReader();
        SqlAnalysis parsed = reader.read(Dialect.POSTGRESQL, "DELETE FROM t WHERE id = 1", Catalogue.EMPTY);
        SqlAnalysis unparsed = reader.read(Dialect.POSTGRESQL, "DELETE FROM ONLY t WHERE id = 1", Catalogue.EMPTY);
        SqlAnalysis unread = reader.read(Dialect.POSTGRESQL, "DELETE FROM t WHERE id = 1 SOME b", Catalogue.EMPTY);

        assertThat(parsed.risk()).isEqualTo(Risk.LOW);
        assertThat(parsed.parser()).isEqualTo(SqlAnalysis.Parser.TREE);
        assertThat(unparsed.risk()).isEqualTo(Risk.LOW);
        assertThat(unparsed.parser()).isEqualTo(SqlAnalysis.Parser.TOKENS);
        assertThat(unread.risk()).isEqualTo(Risk.HIGH);
    }

    @Test
    void equalTextsAreReadOnce() {
        SqlReader reader = new StandardSqlReader();

        assertThat(reader.read(Dialect.MYSQL, "SELECT 1", Catalogue.EMPTY))
                .isSameAs(reader.read(Dialect.MYSQL, new String("SELECT 1"), Catalogue.EMPTY));
    }

    @Test
    void severalStatementsAddTheKindMulti() {
        SqlAnalysis analysis =
                new StandardSqlReader().read(Dialect.POSTGRESQL, "SELECT 1; DROP TABLE t", Catalogue.EMPTY);

        assertThat(analysis.kind()).isEqualTo(StatementKind.DROP);
        assertThat(analysis.kinds())
                .containsExactlyInAnyOrder(StatementKind.READ, StatementKind.DROP, StatementKind.MULTI);
        assertThat(analysis.risk()).isEqualTo(Risk.CRITICAL);
    }
}
