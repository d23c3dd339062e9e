package io.sallyport.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.benchmarks.run.Effort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark runs, without and with the agent. Says nothing about speed. */
class BenchmarksIT {

    @TempDir
    Path directory;

    @Test
    void everyRowHasFigures() throws Exception {
        System.setProperty("jmh.ignoreLock", "true");
        List<String> lines = new ArrayList<>();
        Benchmarks.run(directory, Effort.SMOKE, "", lines::add);
        assertThat(lines.subList(2, lines.size()))
                .hasSize(Rows.all().size() + 5)
                .allMatch(l -> l.matches(".*\\d.*\\|.*"));
        String table = String.join("\n", lines);
        assertThat(table).doesNotContain("not measured");
        for (String name : Rows.all().stream().map(r -> r.name()).toList()) {
            assertThat(table).contains("| " + name + " |");
        }
    }
}
