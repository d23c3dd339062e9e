package io.sallyport.jdbc.state;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * What each entry of a batch was bound to. The values of all entries lie one behind the other in one array, so that an entry costs what it
 * holds and no objects of its own; a list of an entry's values is made when somebody asks for it. Not thread-safe, like the statement.
 */
final class ParameterSets extends AbstractList<List<@Nullable Object>> implements RandomAccess {

    private static final int FEWEST_VALUES = 24;
    private static final int FEWEST_ENTRIES = 8;
    private static final int MOST_AT_ONCE = 8_192;

    private @Nullable Object[] values;
    /** Where the values of each entry end. */
    private int[] ends;

    private int size;

    /**
     * Has room for as much as the batch before held, since most of a statement's are as large as that.
     *
     * @param entries their number
     * @param held the number of their values
     */
    ParameterSets(int entries, int held) {
        values = new Object[Math.max(FEWEST_VALUES, Math.min(held, MOST_AT_ONCE))];
        ends = new int[Math.max(FEWEST_ENTRIES, Math.min(entries, MOST_AT_ONCE))];
    }

    /** Number of values of all entries. */
    int held() {
        return start(size);
    }

    void add(Parameters parameters) {
        int from = start(size);
        int end = from + parameters.size();
        if (end > values.length) {
            values = Arrays.copyOf(values, Math.max(end, 2 * values.length));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        parameters.copyTo(values, from);
        ends[size] = end;
        size++;
    }

    private int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    @Override
    public List<@Nullable Object> get(int entry) {
        Objects.checkIndex(entry, size);
        return Collections.unmodifiableList(Arrays.asList(values).subList(start(entry), ends[entry]));
    }

    @Override
    public int size() {
        return size;
    }
}
