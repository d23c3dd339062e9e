package io.sallyport.sockets;

import io.sallyport.weaving.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many connections were opened where and by whom. A source of {@link Coverage#entries()}: one
 * {@link Coverage.State#UNMEDIATED} entry for each class and target that no module mediates, and one {@link Coverage.State#TARGET}
 * entry for each governed target. Thread-safe and bounded.
 */
final class EgressCoverage implements Supplier<List<Coverage.Entry>> {

    static final String MODULE = "sockets";

    private static final int LIMIT = 1_000;

    private final Coverage coverage;
    private final BoundedCounts<String> mediated;
    private final BoundedCounts<Egress> unmediated;
    private final BoundedCounts<Egress> refused;
    private final BoundedCounts<Egress> bytes;
    private final Set<String> governed = ConcurrentHashMap.newKeySet();

    /** @param target {@code host:port} as the application named it */
    private record Egress(String opener, String target) {}

    EgressCoverage(Coverage coverage) {
        this(coverage, LIMIT);
    }

    EgressCoverage(Coverage coverage, int limit) {
        this.coverage = coverage;
        this.mediated = new BoundedCounts<>(limit);
        this.unmediated = new BoundedCounts<>(limit);
        this.refused = new BoundedCounts<>(limit);
        this.bytes = new BoundedCounts<>(limit);
    }

    /** The policy is about connections to that target. */
    void governed(@Nullable String target) {
        if (target != null && governed.size() < LIMIT) {
            governed.add(target);
        }
    }

    void mediated(String target) {
        long count = mediated.add(target);
        if (governed.contains(target)) {
            report(count);
        }
    }

    void unmediated(String opener, String target) {
        report(unmediated.add(new Egress(opener, target)));
    }

    void refused(String opener, @Nullable String target) {
        if (target != null) {
            governed(target);
            report(refused.add(new Egress(opener, target)));
        }
    }

    /** Where the bytes of a class's connections to a target are added up. */
    AtomicLong bytes(String opener, @Nullable String target) {
        return bytes.of(new Egress(opener, String.valueOf(target)));
    }

    /** Each report carries everything, so a busy target must not cause one per connection: at 1, 2, 4, 8 … */
    private void report(long count) {
        if (Long.bitCount(count) == 1) {
            coverage.changed();
        }
    }

    @Override
    public List<Coverage.Entry> get() {
        List<Coverage.Entry> entries = new ArrayList<>();
        for (Map.Entry<Egress, AtomicLong> e : unmediated.counts().entrySet()) {
            String target = e.getKey().target();
            entries.add(aside(
                    e.getKey().opener(),
                    "opened " + connections(e.getValue().get()) + " to " + target + " that no module mediates"
                            + transferred(e.getKey())));
        }
        for (Map.Entry<Egress, AtomicLong> e : refused.counts().entrySet()) {
            entries.add(aside(
                    e.getKey().opener(),
                    "was refused " + connections(e.getValue().get()) + " to "
                            + e.getKey().target() + " that no module mediates"));
        }
        long surplus = unmediated.surplus() + refused.surplus();
        if (surplus > 0) {
            entries.add(aside(
                    "(others)",
                    "opened " + connections(surplus) + " that no module mediates, beyond the first "
                            + unmediated.limit() + " classes and targets"));
        }
        for (Map.Entry<String, long[]> e : byTarget().entrySet()) {
            if (governed.contains(e.getKey())) {
                entries.add(new Coverage.Entry(MODULE, e.getKey(), Coverage.State.TARGET, inWords(e.getValue())));
            }
        }
        return entries;
    }

    private String transferred(Egress egress) {
        AtomicLong moved = bytes.counts().get(egress);
        return moved == null ? "" : ", " + moved.get() + " bytes";
    }

    private static Coverage.Entry aside(String type, String reason) {
        return new Coverage.Entry(MODULE, type, Coverage.State.UNMEDIATED, reason);
    }

    private static String connections(long count) {
        return count == 1 ? "1 connection" : count + " connections";
    }

    /** One line per target, in their order. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, long[]> e : byTarget().entrySet()) {
            lines.add(e.getKey() + ": " + inWords(e.getValue()));
        }
        return lines;
    }

    /** The same of governed targets with connections that were refused or unmediated: what operators must hear of. */
    List<String> findings() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, long[]> e : byTarget().entrySet()) {
            long[] counts = e.getValue();
            if (governed.contains(e.getKey()) && counts[1] + counts[2] > 0) {
                lines.add(e.getKey() + ": " + inWords(counts));
            }
        }
        return lines;
    }

    private static String inWords(long[] counts) {
        return connections(counts[0]) + " mediated, " + counts[1] + " refused, " + counts[2] + " unmediated";
    }

    private Map<String, long[]> byTarget() {
        Map<String, long[]> targets = new TreeMap<>();
        for (Map.Entry<String, AtomicLong> e : mediated.counts().entrySet()) {
            count(targets, e.getKey(), 0, e.getValue());
        }
        for (Map.Entry<Egress, AtomicLong> e : refused.counts().entrySet()) {
            count(targets, e.getKey().target(), 1, e.getValue());
        }
        for (Map.Entry<Egress, AtomicLong> e : unmediated.counts().entrySet()) {
            count(targets, e.getKey().target(), 2, e.getValue());
        }
        if (mediated.surplus() + refused.surplus() + unmediated.surplus() > 0) {
            targets.put("(other targets)", new long[] {mediated.surplus(), refused.surplus(), unmediated.surplus()});
        }
        return targets;
    }

    private static void count(Map<String, long[]> targets, String target, int which, AtomicLong count) {
        long[] counts = targets.get(target);
        if (counts == null) {
            counts = new long[3];
            targets.put(target, counts);
        }
        counts[which] += count.get();
    }
}
