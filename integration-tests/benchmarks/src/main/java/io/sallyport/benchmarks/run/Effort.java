package io.sallyport.benchmarks.run;

import java.time.Duration;
import java.util.List;

/**
 * How long it may take.
 *
 * @param rounds forks of each case; those that are compared run turn by turn
 * @param warmups iterations of {@code warmup}
 * @param iterations measured ones
 * @param starts of each program whose start-up is measured
 * @param jvm options of the JVMs that are measured
 */
public record Effort(
        int rounds, int warmups, Duration warmup, int iterations, Duration iteration, int starts, List<String> jvm) {

    /** A heap that is all there from the beginning, so that no figure holds its growth. */
    private static final List<String> STEADY = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    /** What starts soonest. */
    private static final List<String> BRIEF = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** The same work on a machine that others use, too: what needs a second alone gets as many as it takes. */
    Effort stretched(double factor) {
        return new Effort(
                rounds,
                warmups,
                Duration.ofMillis((long) (warmup.toMillis() * factor)),
                iterations,
                Duration.ofMillis((long) (iteration.toMillis() * factor)),
                starts,
                jvm);
    }

    /** Every case once, for a moment: that it runs, not how fast. */
    public static final Effort SMOKE = new Effort(1, 1, Duration.ofMillis(10), 1, Duration.ofMillis(10), 1, BRIEF);

    /** About twelve minutes. */
    public static final Effort QUICK = new Effort(3, 3, Duration.ofSeconds(1), 3, Duration.ofMillis(600), 8, STEADY);

    /** About an hour. */
    public static final Effort FULL = new Effort(8, 5, Duration.ofSeconds(1), 6, Duration.ofSeconds(1), 30, STEADY);
}
