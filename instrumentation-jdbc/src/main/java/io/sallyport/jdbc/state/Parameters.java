package io.sallyport.jdbc.state;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bound parameters of a prepared statement, as the setters were called. Not thread-safe, like the statement. */
public final class Parameters {

    private static final int MOST = 65_536;

    private @Nullable Object[] values = new Object[8];
    private final List<@Nullable Object> view = new View();
    private int count;
    private @Nullable Map<String, @Nullable Object> named;

    /** @param index 1-based; nonsense is left to the driver to complain about */
    public void set(int index, @Nullable Object value) {
        if (index < 1 || index > MOST) {
            return;
        }
        if (index > values.length) {
            values = Arrays.copyOf(values, Math.max(index, values.length * 2));
        }
        values[index - 1] = value;
        count = Math.max(count, index);
    }

    public void set(String name, @Nullable Object value) {
        if (named == null) {
            named = new TreeMap<>();
        }
        named.put(name, value);
    }

    public void clear() {
        Arrays.fill(values, 0, count, null);
        count = 0;
        named = null;
    }

    public boolean isEmpty() {
        return count == 0 && named == null;
    }

    public boolean areNamed() {
        return named != null;
    }

    /** Positional parameters as they are whenever it is read; for the call that is about to send them. */
    public List<@Nullable Object> view() {
        return view;
    }

    private final class View extends AbstractList<@Nullable Object> implements RandomAccess {

        @Override
        public @Nullable Object get(int index) {
            return values[Objects.checkIndex(index, count)];
        }

        @Override
        public int size() {
            return count;
        }
    }

    int size() {
        return named == null ? count : count + named.size();
    }

    /** Positional ones first, then named ones in the order of their names. */
    void copyTo(@Nullable Object[] to, int from) {
        // One by one: most statements have few, and the JVM's copy of references costs more than they do.
        for (int i = 0; i < count; i++) {
            to[from + i] = values[i];
        }
        if (named != null) {
            int at = from + count;
            for (Object value : named.values()) {
                to[at++] = value;
            }
        }
    }

    /** A copy, in that order. */
    public List<@Nullable Object> snapshot() {
        @Nullable Object[] all = new Object[size()];
        copyTo(all, 0);
        return Collections.unmodifiableList(Arrays.asList(all));
    }
}
