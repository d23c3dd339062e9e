package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a hostile text costs, counted and not timed: the bytes that reading it allocates follow the work closely and are the same on
 * every machine. Twice the text is twice the work in every dialect, and an unknown server costs a few readings, not one for each
 * combination of doubtful marks.
 */
class ReaderWorkTest {

    private static final int LONG = 64 << 10;
    /** Measured at most 1,100, where each token becomes an object in each of a handful of readings. */
    private static final int MOST_BYTES_A_CHARACTER = 3_000;

    private static final long MOST_BYTES_OF_STARS = 200_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Texts of about so many characters. */
    private static final List<IntFunction<String>> SHAPES = List.of(
            n -> "SELECT 1 " + "/* ' */ -- \" \n".repeat(n / 16),
            n -> "SELECT " + "'\\', \"`\", ".repeat(n / 11) + "1",
            n -> "SELECT 1 " + "/*!99999 ' */ # `\n".repeat(n / 19),
            n -> "SELECT " + "$a$'$a$ [\"] ".repeat(n / 12),
            n -> "SELECT " + "(".repeat(n / 2) + "1" + ")".repeat(n / 2),
            n -> "SELECT a FROM t WHERE a IN (" + "b, ".repeat(n / 3) + "1)",
            n -> "SELECT " + "CASE WHEN a = 1 THEN b ELSE c END, ".repeat(n / 35) + "1 FROM t",
            n -> "SELECT " + "CASE WHEN a = 1 THEN b ELSE ".repeat(n / 32) + "1" + " END".repeat(n / 32) + " FROM t",
            n -> "DELETE FROM t WHERE a = 1" + " OR a = b".repeat(n / 9),
            n -> "DELETE FROM t WHERE " + "NOT ".repeat(n / 4) + "a",
            n -> "DELETE FROM t WHERE a IN (".repeat(n / 27) + "1" + ")".repeat(n / 27),
            n -> "SELECT * FROM t" + " JOIN u ON a = b".repeat(n / 16),
            n -> "SELECT 1" + "; SELECT 1".repeat(n / 10),
            n -> "SET " + "@a = @b, ".repeat(n / 9) + "@c = 1",
            n -> "ALTER TABLE t " + "RENAME a TO b, ".repeat(n / 15) + "ADD c int",
            n -> "CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW BEGIN "
                    + "INSERT INTO u SELECT a FROM v; ".repeat(n / 31) + "END",
            n -> "DO $$ " + "INSERT INTO u SELECT a FROM v; ".repeat(n / 31) + "$$",
            n -> "SELECT " + "set_config(".repeat(n / 12) + "a" + ")".repeat(n / 12),
            n -> "SELECT * FROM t, JSON_TABLE(d, '$' COLUMNS (" + many(n, "c# int PATH '$.a'") + ")) j",
            n -> "SELECT * FROM t, XMLTABLE('/a' PASSING d COLUMNS " + many(n, "c# int PATH 'a'") + ") x",
            n -> "SELECT " + many(n, "@v# := @v# + a") + " FROM t",
            n -> "SELECT " + many(n, "@w# := @v + a, @v := @w#") + " FROM t",
            n -> "SELECT " + many(n, "@w# := @v + a#, @v := @w#") + " FROM t",
            n -> "SELECT " + many(n, "EXISTS (SELECT 1 FROM u WHERE u.id = t.id AND u.a > #)") + " FROM t",
            n -> "SELECT " + many(n, "(s.r).id, to_jsonb(t) ->> 'k#'") + " FROM t, (SELECT u AS r FROM u) s",
            n -> "SELECT * FROM (SELECT id FROM t) q " + "FULL JOIN (SELECT id, a FROM t) q USING (id) ".repeat(n / 44),
            n -> many(n, "SELECT a, b, c# FROM t#").replace(", SELECT", " UNION ALL SELECT"),
            n -> "SELECT * FROM (SELECT " + many(n / 2, "c#") + " FROM t) PIVOT (max(a) FOR b IN (" + many(n / 2, "c#")
                    + "))");

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void twiceTheTextIsTwiceTheWork(Dialect dialect) {
        for (int i = 0; i < SHAPES.size(); i++) {
            long half = work(dialect, SHAPES.get(i).apply(LONG / 2));
            long whole = work(dialect, SHAPES.get(i).apply(LONG));

            assertThat(whole).as("%s, shape %d", dialect, i).isLessThan(3 * half + (1 << 20));
            assertThat(whole / LONG)
                    .as("%s, shape %d: bytes a character", dialect, i)
                    .isLessThan(MOST_BYTES_A_CHARACTER);
        }
    }

    /** Columns that a catalogue tells, so that each star is that many. */
    @Test
    void columnsThatDoubleAreFollowedNoFurtherThanServersShowThem() {
        Catalogue schema = new Catalogue(Map.of("c", List.of("id", "name", "ssn")), List.of());
        List<IntFunction<String>> shapes = List.of(
                n -> doubling(n) + " SELECT * FROM x" + (n - 1),
                n -> doubling(11)
                        + IntStream.range(0, n)
                                .mapToObj(i -> ", y" + i + " AS (SELECT * FROM x10)")
                                .collect(Collectors.joining())
                        + " SELECT * FROM y1",
                n -> "WITH RECURSIVE r (" + columns(0, n) + ") AS (SELECT " + "1, ".repeat(n - 1)
                        + "ssn FROM c UNION ALL SELECT " + columns(1, n) + ", c0 FROM r) SELECT c0 FROM r");

        for (IntFunction<String> shape : shapes) {
            SqlReader reader = new StandardSqlReader(1, 1);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            SqlAnalysis analysis = reader.read(Dialect.POSTGRESQL, shape.apply(1_200), schema);

            assertThat(analysis.lineage().exact()).isFalse();
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES_OF_STARS);
        }
    }

    private static String columns(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }

    private static String doubling(int ctes) {
        return "WITH "
                + IntStream.range(0, ctes)
                        .mapToObj(i -> {
                            String from = i == 0 ? "c" : "x" + (i - 1);
                            return "x" + i + " AS (SELECT a.*, b.* FROM " + from + " a, " + from + " b)";
                        })
                        .collect(Collectors.joining(", "));
    }

    @Test
    void aNameIsNotLookedForInThousandsOfRelations() {
        SqlAnalysis analysis = new StandardSqlReader()
                .read(Dialect.POSTGRESQL, "SELECT * FROM t" + " JOIN u ON a = b".repeat(300), Catalogue.EMPTY);

        assertThat(analysis.lineage().exact()).isFalse();
    }

    @Test
    void aTargetIsNotLookedForInThousandsOfTables() {
        SqlAnalysis analysis = new StandardSqlReader()
                .read(Dialect.MYSQL, "UPDATE t" + ", t".repeat(300) + " SET a = 1", Catalogue.EMPTY);

        assertThat(analysis.lineage().exact()).isFalse();
        assertThat(analysis.facts().unboundedWrite()).isTrue();
    }

    /** {@code item} with a number of its own each time, separated by commas. */
    private static String many(int length, String item) {
        StringBuilder text = new StringBuilder(item);
        for (int i = 0; text.length() < length; i++) {
            text.append(", ").append(item.replace("#", String.valueOf(i)));
        }
        return text.toString();
    }

    private static long work(Dialect dialect, String sql) {
        SqlReader reader = new StandardSqlReader(1, 1);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        reader.read(dialect, sql, Catalogue.EMPTY);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
