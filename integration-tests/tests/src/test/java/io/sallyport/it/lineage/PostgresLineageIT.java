package io.sallyport.it.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.it.Postgres;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No position that changes with a sensitive value comes back clear, and hardly one is masked that does not. */
@ExtendWith(Postgres.class)
class PostgresLineageIT {

    private static final boolean SOAK = Boolean.getBoolean("sallyport.soak");
    /** {@code -Dsallyport.lineage.seed=N} runs others than the usual statements. */
    private static final long FIRST = Long.getLong("sallyport.lineage.seed", 1);

    private static final int COUNT = SOAK ? 50_000 : 1_500;
    /** Answers are asked for this many statements at once. */
    private static final int BATCH = 2_500;

    @Test
    void whatChangesWithASensitiveValueIsMasked(TlsPostgres server, @TempDir Path directory) throws Exception {
        Grammar grammar = Grammar.read("postgresql");
        Generator generator = new Generator(grammar);
        try (Variants variants = new Variants(grammar, databases(server))) {
            Oracle oracle = new Oracle(variants);
            for (long from = FIRST; from < FIRST + COUNT; from += BATCH) {
                List<Statement> statements = LongStream.range(from, Math.min(from + BATCH, FIRST + COUNT))
                        .mapToObj(generator::statement)
                        .toList();
                List<Explain.Answer> answers = Explain.of(grammar, statements, directory);
                for (int i = 0; i < statements.size(); i++) {
                    oracle.judge(statements.get(i), answers.get(i));
                }
            }
            System.out.println("lineage on PostgreSQL: " + oracle);
            assertThat(oracle.leaks()).as(oracle.toString()).isEmpty();
            assertThat(oracle.overMaskedPercent()).as("%s", oracle.overMasked()).isLessThan(2);
            // Or else nothing was proven.
            assertThat(oracle.failedPercent()).as("%s", oracle.errors()).isLessThan(20);
            assertThat(oracle.maskedPositions()).isGreaterThan(COUNT / 4);
        }
    }

    /** A database a variant, so that names of schemas can be written. */
    private static List<Connection> databases(TlsPostgres server) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < Variants.COUNT; i++) {
            server.execute("DROP DATABASE IF EXISTS lineage" + i, "CREATE DATABASE lineage" + i);
            String url = server.url().replaceFirst("/postgres$", "/lineage" + i);
            Connection connection = DriverManager.getConnection(
                    url + "?sslmode=verify-full&sslrootcert=" + server.ca(), server.user(), server.password());
            try (java.sql.Statement s = connection.createStatement()) {
                s.execute("SET statement_timeout = '10s'");
                s.execute("SET jit = off");
            }
            connections.add(connection);
        }
        return connections;
    }
}
