package io.sallyport.benchmarks;

import io.sallyport.benchmarks.run.Case;
import io.sallyport.benchmarks.run.Effort;
import io.sallyport.benchmarks.run.Forks;
import io.sallyport.benchmarks.run.Governed;
import io.sallyport.benchmarks.run.Measured;
import io.sallyport.benchmarks.run.Row;
import io.sallyport.benchmarks.start.StartUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code Benchmarks [quick|full|smoke] [part of a row's name]}: measures and prints a Markdown table. */
public final class Benchmarks {

    private static final String START = "start-up";

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        String how = arguments.length > 0 ? arguments[0] : "quick";
        Effort effort = switch (how) {
            case "quick" -> Effort.QUICK;
            case "full" -> Effort.FULL;
            case "smoke" -> Effort.SMOKE;
            default -> throw new IllegalArgumentException("quick, full or smoke, not " + how);
        };
        String part = arguments.length > 1 ? arguments[1].toLowerCase(Locale.ROOT) : "";
        // Several may run on one machine; each of them forks one JVM at a time.
        System.setProperty("jmh.ignoreLock", "true");
        Path directory = Files.createTempDirectory("sallyport-benchmarks");
        run(directory, effort, part, System.out::println);
    }

    /**
     * Measures program by program: the settings that are compared with each other run turn by turn, and their rows are ready before
     * the next program begins.
     *
     * @param lines takes the table, each line when it is known
     */
    static void run(Path directory, Effort effort, String part, Consumer<String> lines) throws Exception {
        lines.accept("| work | goal | plain | with agent | difference | ratio | allocated | noise |");
        lines.accept("| --- | --- | --- | --- | --- | --- | --- | --- |");
        Map<Case, List<Row>> programs = Rows.all().stream()
                .filter(r -> r.name().toLowerCase(Locale.ROOT).contains(part))
                .collect(Collectors.groupingBy(r -> r.cases().get(0), LinkedHashMap::new, Collectors.toList()));
        try (Forks forks = new Forks(directory, effort)) {
            for (List<Row> rows : programs.values()) {
                measure(forks, effort, rows).forEach(lines);
            }
            if (START.contains(part) || part.startsWith(START)) {
                System.err.println(START);
                String agent = forks.agent(Governed.STATEMENTS, directory.resolve("spool"));
                new StartUp(directory, agent).measure(effort.starts(), lines);
            }
        }
    }

    private static List<String> measure(Forks forks, Effort effort, List<Row> rows) throws SQLException {
        Map<Case, Measured> measured = new LinkedHashMap<>();
        rows.forEach(r -> r.cases().forEach(c -> measured.put(c, new Measured())));
        // What is compared with nothing is not worth several JVMs.
        int rounds = measured.size() == 1 ? 1 : effort.rounds();
        for (int round = 1; round <= rounds; round++) {
            for (Map.Entry<Case, Measured> each : measured.entrySet()) {
                System.err.println("round " + round + " of " + rounds + ": " + each.getKey());
                attempt(forks, each.getKey(), each.getValue());
            }
        }
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            List<Measured> its = row.cases().stream().map(measured::get).toList();
            String cells = its.stream().anyMatch(Measured::isEmpty)
                    ? "– | – | – | not measured | – | –"
                    : row.cells().apply(its);
            lines.add("| " + row.name() + " | " + row.goal() + " | " + cells + " |");
        }
        return lines;
    }

    /** A fork that dies costs its samples and not the other rows. */
    private static void attempt(Forks forks, Case c, Measured into) throws SQLException {
        try {
            forks.run(c, into);
        } catch (IOException died) {
            System.err.println(died + ", caused by " + died.getCause());
        }
    }
}
