package io.sallyport.benchmarks.start;

import io.sallyport.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Starts programs without and with the agent, turn by turn. */
public final class StartUp {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path directory;
    private final List<String> agent;

    /** @param agentOption the JVM option that puts a program under the agent */
    public StartUp(Path directory, String agentOption) {
        this.directory = directory;
        this.agent = List.of(agentOption);
    }

    /** @param lines takes lines of the table: elapsed time, CPU time, resident memory */
    public void measure(int starts, Consumer<String> lines) throws IOException, InterruptedException {
        Path jar = FatJar.build(directory.resolve("small-program.jar"));
        Pairs small = pairs(starts, List.of("-jar", jar.toString()));
        lines.accept(small.line("start-up of a small fat jar (H2), elapsed", "≤ +500 ms", "ms", Run::elapsed));
        lines.accept(small.line("the same, CPU", "–", "ms", Run::cpu));
        lines.accept(small.line("the same, resident at its peak", "≤ +60 MiB", "MiB", Run::resident));
        Pairs spring = pairs(
                Math.max(1, starts / 2),
                List.of("-cp", System.getProperty("java.class.path"), SpringProgram.class.getName()));
        lines.accept(spring.line("start-up of a Spring Boot application, CPU", "≤ 1.10", "ms", Run::cpu));
        lines.accept(spring.line("the same, elapsed", "–", "ms", Run::elapsed));
    }

    private Pairs pairs(int starts, List<String> program) throws IOException, InterruptedException {
        Pairs pairs = new Pairs(new ArrayList<>(), new ArrayList<>());
        if (starts > 1) {
            // The first of each fills the page cache.
            start(List.of(), program);
            start(agent, program);
        }
        for (int i = 0; i < starts; i++) {
            pairs.without.add(start(List.of(), program));
            pairs.with.add(start(agent, program));
        }
        return pairs;
    }

    private static Run start(List<String> jvm, List<String> program) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (ChildJvm child = ChildJvm.builder()
                .asInProduction()
                .jvm(jvm.toArray(String[]::new))
                .run(program.toArray(String[]::new))
                .start()) {
            int code = child.exitCode(LIMIT);
            long elapsed = (System.nanoTime() - begin) / 1_000_000;
            if (code != 0 || !child.lines().contains("read Grace")) {
                throw new IOException("the program failed: " + program + "\n" + child.output());
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

    /** One start: milliseconds, milliseconds of all threads, MiB. */
    private record Run(long elapsed, long cpu, long resident) {}

    private record Pairs(List<Run> without, List<Run> with) {

        String line(String name, String goal, String unit, ToLongFunction<Run> figure) {
            long plain = median(without, figure);
            long governed = median(with, figure);
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %d %s | %d %s | **%+d %s** | %.2f | | |",
                    name,
                    goal,
                    plain,
                    unit,
                    governed,
                    unit,
                    governed - plain,
                    unit,
                    governed / (double) Math.max(1, plain));
        }

        private static long median(List<Run> runs, ToLongFunction<Run> figure) {
            long[] sorted = runs.stream().mapToLong(figure).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }
}
