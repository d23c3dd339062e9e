package io.sallyport.benchmarks.start;

import io.sallyport.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Starts a small fat jar without and with the agent, turn by turn. */
public final class StartUp {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path jar;
    private final List<String> agent;

    /** @param agentOption the JVM option that puts a program under the agent */
    public StartUp(Path directory, String agentOption) throws IOException {
        this.jar = FatJar.build(directory.resolve("small-program.jar"));
        this.agent = List.of(agentOption);
    }

    /** @return lines of the table: elapsed time, CPU time, resident memory */
    public List<String> measure(int starts) throws IOException, InterruptedException {
        List<Run> without = new ArrayList<>();
        List<Run> with = new ArrayList<>();
        // The first of each fills the page cache.
        start(List.of());
        start(agent);
        for (int i = 0; i < starts; i++) {
            without.add(start(List.of()));
            with.add(start(agent));
        }
        return List.of(
                line(
                        "start-up of a small fat jar (H2), elapsed",
                        "≤ +500 ms",
                        "ms",
                        Run.by(without, 0),
                        Run.by(with, 0)),
                line("the same, CPU", "–", "ms", Run.by(without, 1), Run.by(with, 1)),
                line("the same, resident at its peak", "≤ +60 MiB", "MiB", Run.by(without, 2), Run.by(with, 2)));
    }

    private Run start(List<String> jvm) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (ChildJvm child = ChildJvm.builder()
                .jvm(jvm.toArray(String[]::new))
                .run("-jar", jar.toString())
                .start()) {
            int code = child.exitCode(LIMIT);
            long elapsed = (System.nanoTime() - begin) / 1_000_000;
            if (code != 0 || !child.lines().contains("read Grace")) {
                throw new IOException("the small program failed:\n" + child.output());
            }
            return new Run(elapsed, figure(child, "cpu-ms "), figure(child, "resident-kb ") / 1024);
        }
    }

    private static long figure(ChildJvm child, String name) {
        for (String line : child.lines()) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.substring(name.length()));
            }
        }
        return 0;
    }

    private static String line(String name, String goal, String unit, long without, long with) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d %s | %d %s | **%+d %s** | %.2f | | |",
                name,
                goal,
                without,
                unit,
                with,
                unit,
                with - without,
                unit,
                with / (double) Math.max(1, without));
    }

    private record Run(long elapsed, long cpu, long resident) {

        /** The median of one figure. */
        static long by(List<Run> runs, int figure) {
            List<Long> sorted = runs.stream()
                    .map(r -> List.of(r.elapsed, r.cpu, r.resident).get(figure))
                    .sorted()
                    .toList();
            return sorted.get(sorted.size() / 2);
        }
    }
}
