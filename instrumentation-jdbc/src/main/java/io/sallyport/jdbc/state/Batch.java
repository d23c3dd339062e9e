package io.sallyport.jdbc.state;

import io.sallyport.core.sql.SqlAnalysis;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was added to a batch, in our own list: the driver's is not ours to trust. Not thread-safe, like the statement, but for who may change it and
 * when: while people are asked about what it holds, no other thread may.
 */
public final class Batch {

    /**
     * Entries with the same text, which are decided as one command.
     *
     * @param parameterSets one per entry; empty where the text has no parameters
     */
    public record Part(SqlAnalysis analysis, List<List<@Nullable Object>> parameterSets) {}

    /** A part that is being added to. */
    private record Growing(int index, Part part, ParameterSets sets) {}

    private static final VarHandle USE;

    static {
        try {
            USE = MethodHandles.lookup().findVarHandle(Batch.class, "use", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Growing> byText = new HashMap<>();
    private @Nullable Growing last;
    /** Which part each entry belongs to, from the first entry of the second part on. */
    private final List<Integer> order = new ArrayList<>();

    private int size;

    private int entriesBefore;
    private int heldBefore;
    /** How many threads are adding to it; -1: it is being decided, or sent. */
    @SuppressWarnings("UnusedVariable") // through USE
    private volatile int use;

    /**
     * Somebody is about to change it; {@link #changed} must follow.
     *
     * @return {@code false}: not now, since it is being decided or sent
     */
    public boolean changing() {
        for (; ; ) {
            int now = use;
            if (now < 0) {
                return false;
            }
            if (USE.compareAndSet(this, now, now + 1)) {
                return true;
            }
        }
    }

    public void changed() {
        USE.getAndAdd(this, -1);
    }

    /**
     * It is about to be decided and sent; {@link #ran} must follow.
     *
     * @return {@code false}: not now, since another thread changes or sends it
     */
    public boolean running() {
        return USE.compareAndSet(this, 0, -1);
    }

    public void ran() {
        use = 0;
    }

    /** @param parameters as they are now; {@code null} where the text has none */
    public void add(SqlAnalysis analysis, @Nullable Parameters parameters) {
        Growing to = last;
        if (to == null || to.part.analysis() != analysis) {
            to = byText.get(analysis.sql());
            if (to == null) {
                ParameterSets sets = new ParameterSets(entriesBefore, heldBefore);
                to = new Growing(parts.size(), new Part(analysis, sets), sets);
                parts.add(to.part);
                byText.put(analysis.sql(), to);
            }
            last = to;
        }
        if (parts.size() > 1) {
            order.add(to.index);
        }
        if (parameters != null) {
            to.sets.add(parameters);
        }
        size++;
    }

    public void clear() {
        if (parts.size() == 1 && last != null) {
            entriesBefore = last.sets.size();
            heldBefore = last.sets.held();
        }
        parts.clear();
        byText.clear();
        order.clear();
        last = null;
        size = 0;
    }

    public int size() {
        return size;
    }

    /** Which part each entry belongs to. */
    public int[] order() {
        int[] all = new int[size];
        for (int i = 0; i < order.size(); i++) {
            all[size - order.size() + i] = order.get(i);
        }
        return all;
    }

    /** In the order of the first entry of each. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }
}
