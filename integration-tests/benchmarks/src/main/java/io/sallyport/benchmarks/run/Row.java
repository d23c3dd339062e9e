package io.sallyport.benchmarks.run;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One line of the table.
 *
 * @param name what is measured
 * @param goal as agreed, in words
 * @param cases what has to run for it
 * @param cells plain, with the agent, ratio, allocation, noise; from the cases in their order
 */
public record Row(String name, String goal, List<Case> cases, Function<List<Measured>, String> cells) {

    /** The same program without and with the agent, in CPU time of an operation. */
    public static Row ratio(String name, String goal, Case plain, Governed governed) {
        return new Row(name, goal, List.of(plain, plain.under(governed)), m -> {
            Measured without = m.get(0);
            Measured with = m.get(1);
            return String.format(
                    Locale.ROOT,
                    "%s | %s | %s | **%.3f** | %+.0f B | ±%.0f %%",
                    time(without.cpu()),
                    time(with.cpu()),
                    signed(with.cpu() - without.cpu()),
                    with.cpu() / without.cpu(),
                    with.allocated() - without.allocated(),
                    100 * Math.max(without.noise(), with.noise()));
        });
    }

    /** The same, with the difference spread over the cells of the operation. */
    public static Row perCell(String name, String goal, Case plain, Governed governed, int valuesRead) {
        return new Row(name, goal, List.of(plain, plain.under(governed)), m -> {
            Measured without = m.get(0);
            Measured with = m.get(1);
            return String.format(
                    Locale.ROOT,
                    "%.1f ns a cell | %.1f ns a cell | %+.2f ns | **%.3f** | %+.2f B a cell | ±%.0f %%",
                    without.cpu() / valuesRead,
                    with.cpu() / valuesRead,
                    (with.cpu() - without.cpu()) / valuesRead,
                    with.cpu() / without.cpu(),
                    (with.allocated() - without.allocated()) / valuesRead,
                    100 * Math.max(without.noise(), with.noise()));
        });
    }

    /** The same program against two peers, in elapsed time: what the second one does is done in a process of its own. */
    public static Row elapsed(String name, String goal, Case one, Case other) {
        return new Row(name, goal, List.of(one, other), m -> {
            Measured first = m.get(0);
            Measured second = m.get(1);
            return String.format(
                    Locale.ROOT,
                    "%s | %s | %s | **%.3f** | – | ±%.0f %%",
                    time(first.wall()),
                    time(second.wall()),
                    signed(second.wall() - first.wall()),
                    second.wall() / first.wall(),
                    100 * Math.max(first.noise(), second.noise()));
        });
    }

    /** What a setting adds to the calling thread, in its own CPU time and allocation: other threads may do the rest of the work. */
    public static Row added(String name, String goal, Case without, Case with) {
        return new Row(name, goal, List.of(without, with), m -> {
            Measured before = m.get(0);
            Measured after = m.get(1);
            return String.format(
                    Locale.ROOT,
                    "%s | %s | %s | – | %+.0f B | ±%.0f %%",
                    time(before.callers()),
                    time(after.callers()),
                    signed(after.callers() - before.callers()),
                    after.callersAllocated() - before.callersAllocated(),
                    100 * Math.max(before.noise(), after.noise()));
        });
    }

    /** A part alone, in CPU time. */
    public static Row alone(String name, String goal, Case c) {
        return new Row(
                name,
                goal,
                List.of(c),
                m -> String.format(
                        Locale.ROOT,
                        "– | %s | – | – | %.0f B | ±%.0f %%",
                        time(m.get(0).cpu()),
                        m.get(0).allocated(),
                        100 * m.get(0).noise()));
    }

    /** A part alone that works through {@code bytes}, as a rate of one core. */
    public static Row rate(String name, String goal, Case c, int bytes) {
        return new Row(
                name,
                goal,
                List.of(c),
                m -> String.format(
                        Locale.ROOT,
                        "– | **%.0f MB/s** | – | – | %.0f B | ±%.0f %%",
                        bytes * 1_000.0 / m.get(0).cpu(),
                        m.get(0).allocated(),
                        100 * m.get(0).noise()));
    }

    static String time(double nanos) {
        if (nanos < 1_000) {
            return String.format(Locale.ROOT, "%.1f ns", nanos);
        }
        return nanos < 1_000_000
                ? String.format(Locale.ROOT, "%.2f µs", nanos / 1_000)
                : String.format(Locale.ROOT, "%.2f ms", nanos / 1_000_000);
    }

    private static String signed(double nanos) {
        return (nanos < 0 ? "−" : "+") + time(Math.abs(nanos));
    }
}
