package io.sallyport.it.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.LongStream;

/** One run of the oracle over statements of consecutive seeds. */
final class LineageRun {

    private static final boolean SOAK = Boolean.getBoolean("sallyport.soak");
    /** {@code -Dsallyport.lineage.seed=N} runs others than the usual statements. */
    private static final long FIRST = Long.getLong("sallyport.lineage.seed", 1);
    /** Answers are asked for this many statements at once. */
    private static final int BATCH = 2_500;

    private LineageRun() {}

    /**
     * @param databases one a variant
     * @param usual statements without {@code -Psoak}
     * @param soak statements with it
     */
    static void over(String dialect, List<Connection> databases, Path directory, int usual, int soak) throws Exception {
        int count = SOAK ? Integer.getInteger("sallyport.lineage.count", soak) : usual;
        Grammar grammar = Grammar.read(dialect);
        Generator generator = new Generator(grammar);
        try (Variants variants = new Variants(grammar, databases)) {
            Oracle oracle = new Oracle(variants);
            judge(oracle, grammar, Statements.of(grammar), directory);
            for (long from = FIRST; from < FIRST + count; from += BATCH) {
                List<Statement> statements = LongStream.range(from, Math.min(from + BATCH, FIRST + count))
                        .mapToObj(generator::statement)
                        .toList();
                judge(oracle, grammar, statements, directory);
            }
            System.out.println("lineage on " + dialect + ": " + oracle);
            if (oracle.failedPercent() >= 10) {
                System.out.println(oracle.errors());
            }
            if (SOAK || oracle.overMaskedPercent() >= 1) {
                System.out.println(String.join("\n", oracle.overMasked()));
            }
            assertThat(oracle.broken()).isEmpty();
            assertThat(oracle.leaks()).as(oracle.toString()).isEmpty();
            assertThat(oracle.overMaskedPercent()).as("%s", oracle.overMasked()).isLessThan(1);
            // Or else nothing was proven.
            assertThat(oracle.failedPercent()).as("%s", oracle.errors()).isLessThan(20);
            assertThat(oracle.maskedPositions()).isGreaterThan(count / 4);
        }
    }

    private static void judge(Oracle oracle, Grammar grammar, List<Statement> statements, Path directory)
            throws Exception {
        List<Explain.Answer> answers = Explain.of(grammar, statements, directory);
        for (int i = 0; i < statements.size(); i++) {
            oracle.judge(statements.get(i), answers.get(i));
        }
    }
}
