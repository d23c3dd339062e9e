package io.sallyport.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.benchmarks.run.Effort;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark runs, without and with the agent. Says nothing about speed. */
class BenchmarksIT {

    @TempDir
    Path directory;

    @Test
    void everyRowHasFigures() throws Exception {
        System.setProperty("jmh.ignoreLock", "true");
        String table = Benchmarks.run(directory, Effort.SMOKE, "");
        assertThat(table.lines().skip(2)).hasSize(Rows.all().size() + 3).allMatch(l -> l.matches(".*\\d.*\\|.*"));
        assertThat(table).doesNotContain("not measured");
        for (String name : Rows.all().stream().map(r -> r.name()).toList()) {
            assertThat(table).contains("| " + name + " |");
        }
    }
}
