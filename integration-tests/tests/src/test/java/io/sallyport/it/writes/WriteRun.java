package io.sallyport.it.writes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.it.ExplainRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Judges writes of consecutive seeds by the rows that they change. */
final class WriteRun {

    private static final boolean SOAK = Boolean.getBoolean("sallyport.soak");
    /** {@code -Dsallyport.writes.seed=N} runs others than the usual statements. */
    private static final long FIRST = Long.getLong("sallyport.writes.seed", 1);

    private static final int DEPTH = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private WriteRun() {}

    /**
     * @param withNulls to an empty database
     * @param withoutNulls to another
     * @param usual statements without {@code -Psoak}
     * @param soak statements with it
     */
    static void over(String dialect, Connection withNulls, Connection withoutNulls, Path directory, int usual, int soak)
            throws Exception {
        int count = SOAK ? Integer.getInteger("sallyport.writes.count", soak) : usual;
        List<String> statements = LongStream.range(FIRST, FIRST + count)
                .mapToObj(seed -> statement(seed, dialect.equals("postgresql")))
                .toList();
        List<JsonNode> answers = ExplainRun.over(
                statements.stream().map(sql -> line(dialect, sql)).toList(), directory);
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        int all = 0;
        int allButNulls = 0;
        try (Target nulls = new Target(withNulls, true);
                Target plain = new Target(withoutNulls, false)) {
            for (int i = 0; i < count; i++) {
                String sql = statements.get(i);
                boolean flagged =
                        answers.get(i).get("facts").get("unboundedWrite").asBoolean();
                try {
                    if (nulls.changesAll(sql)) {
                        all++;
                        if (!flagged) {
                            missed.add(sql);
                        }
                    } else if (plain.changesAll(sql)) {
                        allButNulls++;
                    } else if (flagged) {
                        wrong.add(sql);
                    }
                } catch (SQLException e) {
                    failed.add(e.getMessage() + ": " + sql);
                }
            }
        }
        System.out.printf(
                "writes on %s: %d statements (%d failed on the server), %d change all rows, %d all but those with NULL, %d missed, %d flagged needlessly%n",
                dialect, count, failed.size(), all, allButNulls, missed.size(), wrong.size());
        assertThat(missed).as("change every row, unboundedWrite is false").isEmpty();
        assertThat(wrong).as("leave rows alone, unboundedWrite is true").hasSizeLessThanOrEqualTo(count / 100);
        // Or else nothing was proven.
        assertThat(failed).hasSizeLessThan(count / 20);
        assertThat(all).isBetween(count / 20, count / 2);
    }

    private static ObjectNode line(String dialect, String sql) {
        ObjectNode line = JSON.createObjectNode();
        line.put("dialect", dialect).put("sql", sql);
        line.putObject("schema").set("t", JSON.valueToTree(Target.COLUMNS));
        line.withObject("/schema").putArray("u").add("k");
        return line;
    }

    private static String statement(long seed, boolean postgres) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        int form = random.nextInt(10);
        if (form < 4) {
            return "UPDATE t SET w = 'new' WHERE " + new Conditions(random, postgres, "").condition(DEPTH);
        }
        if (form < 7) {
            return "DELETE FROM t WHERE " + new Conditions(random, postgres, "").condition(DEPTH);
        }
        String where = new Conditions(random, postgres, "x.").condition(DEPTH);
        if (postgres) {
            return switch (form) {
                case 7 -> "UPDATE t AS x SET w = 'new' FROM u WHERE " + where;
                case 8 -> "DELETE FROM t x USING u WHERE " + where;
                default -> "WITH gone AS (DELETE FROM t AS x WHERE " + where + ") DELETE FROM u WHERE k = 0";
            };
        }
        return switch (form) {
            case 7 -> "UPDATE t AS x JOIN u SET x.w = 'new' WHERE " + where;
            case 8 -> "DELETE x FROM t AS x, u WHERE " + where;
            default -> "UPDATE t x SET x.w = 'new' WHERE " + where;
        };
    }
}
