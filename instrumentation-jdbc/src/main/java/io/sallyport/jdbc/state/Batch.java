package io.sallyport.jdbc.state;

import io.sallyport.core.sql.SqlAnalysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was added to a batch, in our own list: the driver's is not ours to trust. Not thread-safe, like the statement. */
public final class Batch {

    /**
     * Entries with the same text, which are decided as one command.
     *
     * @param parameterSets one per entry; empty where the text has no parameters
     */
    public record Part(SqlAnalysis analysis, List<List<@Nullable Object>> parameterSets) {}

    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Part> byText = new HashMap<>();
    private @Nullable Part last;
    private int size;

    /** @param parameters {@code null} where the text has none */
    public void add(SqlAnalysis analysis, @Nullable List<@Nullable Object> parameters) {
        Part part = last;
        if (part == null || part.analysis() != analysis) {
            part = byText.get(analysis.sql());
            if (part == null) {
                part = new Part(analysis, new ArrayList<>());
                parts.add(part);
                byText.put(analysis.sql(), part);
            }
            last = part;
        }
        if (parameters != null) {
            part.parameterSets().add(parameters);
        }
        size++;
    }

    public void clear() {
        parts.clear();
        byText.clear();
        last = null;
        size = 0;
    }

    public int size() {
        return size;
    }

    /** In the order of the first entry of each. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }
}
