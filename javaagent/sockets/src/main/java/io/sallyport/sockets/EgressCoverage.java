package io.sallyport.sockets;

import io.sallyport.weaving.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How many connections were opened where and by whom. A source of {@link Coverage#entries()}: one
 * {@link Coverage.State#UNMEDIATED} entry for each class and target that no module mediates. Thread-safe and bounded.
 */
final class EgressCoverage implements Supplier<List<Coverage.Entry>> {

    static final String MODULE = "sockets";

    private static final int LIMIT = 1_000;

    private final Coverage coverage;
    private final BoundedCounts<Egress> unmediated;
    private final BoundedCounts<String> mediated;

    /** @param target {@code host:port} as the application named it */
    private record Egress(String opener, String target) {}

    EgressCoverage(Coverage coverage) {
        this(coverage, LIMIT);
    }

    EgressCoverage(Coverage coverage, int limit) {
        this.coverage = coverage;
        this.unmediated = new BoundedCounts<>(limit);
        this.mediated = new BoundedCounts<>(limit);
    }

    void mediated(String target) {
        mediated.add(target);
    }

    void unmediated(String opener, String target) {
        long count = unmediated.add(new Egress(opener, target));
        // Each report carries everything, so a busy target must not cause one per connection: at 1, 2, 4, 8 …
        if (Long.bitCount(count) == 1) {
            coverage.changed();
        }
    }

    @Override
    public List<Coverage.Entry> get() {
        List<Coverage.Entry> entries = new ArrayList<>();
        for (Map.Entry<Egress, AtomicLong> e : unmediated.counts().entrySet()) {
            entries.add(entry(
                    e.getKey().opener(),
                    "opened " + connections(e.getValue().get()) + " to "
                            + e.getKey().target() + " that no module mediates"));
        }
        long surplus = unmediated.surplus();
        if (surplus > 0) {
            entries.add(entry(
                    "(others)",
                    "opened " + connections(surplus) + " that no module mediates, beyond the first "
                            + unmediated.limit() + " classes and targets"));
        }
        return entries;
    }

    private static Coverage.Entry entry(String type, String reason) {
        return new Coverage.Entry(MODULE, type, Coverage.State.UNMEDIATED, reason);
    }

    private static String connections(long count) {
        return count == 1 ? "1 connection" : count + " connections";
    }

    /** One line per target, in their order: how many connections were mediated and how many were not. */
    List<String> summary() {
        Map<String, long[]> targets = new TreeMap<>();
        for (Map.Entry<String, AtomicLong> e : mediated.counts().entrySet()) {
            count(targets, e.getKey(), 0, e.getValue());
        }
        for (Map.Entry<Egress, AtomicLong> e : unmediated.counts().entrySet()) {
            count(targets, e.getKey().target(), 1, e.getValue());
        }
        if (mediated.surplus() + unmediated.surplus() > 0) {
            targets.put("(other targets)", new long[] {mediated.surplus(), unmediated.surplus()});
        }
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, long[]> e : targets.entrySet()) {
            long[] counts = e.getValue();
            lines.add(e.getKey() + ": " + connections(counts[0]) + " mediated, " + counts[1] + " unmediated");
        }
        return lines;
    }

    private static void count(Map<String, long[]> targets, String target, int which, AtomicLong count) {
        long[] counts = targets.get(target);
        if (counts == null) {
            counts = new long[2];
            targets.put(target, counts);
        }
        counts[which] += count.get();
    }
}
