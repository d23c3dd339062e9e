package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which column each {@code ?} of an INSERT, UPDATE or MERGE is assigned to, by reading words and brackets only. A parameter
 * in a condition is assigned to nothing and left out; where the column cannot be told (no column list, a sub-select as source) it
 * is reported without one.
 */
final class AssignedParameters {

    /** @param parameter position from 0; {@code column} as it is written, without quotes, or {@code null} where unknown */
    record Assignment(int parameter, @Nullable String column) {}

    private enum Part {
        OTHER,
        SET,
        COLUMN_LIST,
        VALUES,
        SELECT_SOURCE
    }

    private final SqlWords words;
    private final List<Assignment> found = new ArrayList<>();
    private List<String> columns = List.of();
    private Part part = Part.OTHER;
    private int parameter;

    private AssignedParameters(SqlWords words) {
        this.words = words;
    }

    static List<Assignment> in(String sql, Dialect dialect) {
        AssignedParameters reader = new AssignedParameters(new SqlWords(sql, dialect));
        reader.read();
        return reader.found;
    }

    private void read() {
        int depth = 0;
        int partDepth = 0;
        int item = 0;
        boolean intoTarget = false;
        String last = null;
        List<String> listed = new ArrayList<>();
        boolean tuple = false;
        String target = null;
        for (String word = words.next(); word != null; last = word, word = words.next()) {
            switch (word) {
                case "(" -> {
                    depth++;
                    if (intoTarget && last != null) {
                        part = Part.COLUMN_LIST;
                        partDepth = depth;
                        listed = new ArrayList<>();
                        intoTarget = false;
                    } else if (part == Part.VALUES && depth == partDepth + 1) {
                        item = 0;
                    } else if (part == Part.SET && depth == partDepth + 1 && target == null) {
                        tuple = true;
                    }
                }
                case ")" -> {
                    depth--;
                    if (part == Part.COLUMN_LIST && depth < partDepth) {
                        columns = List.copyOf(listed);
                        part = Part.OTHER;
                    }
                }
                case "," -> {
                    if (part == Part.VALUES && depth == partDepth + 1) {
                        item++;
                    } else if (part == Part.SET && depth == partDepth) {
                        target = null;
                        tuple = false;
                    }
                }
                case "=" -> {
                    if (part == Part.SET && depth == partDepth && target == null) {
                        target = tuple ? "" : SqlWords.name(last);
                    }
                }
                case "?" -> {
                    assign(depth, partDepth, item, target);
                    parameter++;
                }
                default -> {
                    if (word.equalsIgnoreCase("into") || (word.equalsIgnoreCase("insert") && words.isMerge())) {
                        intoTarget = true;
                        columns = List.of();
                        part = Part.OTHER;
                    } else if (word.equalsIgnoreCase("values") || word.equalsIgnoreCase("value")) {
                        part = Part.VALUES;
                        partDepth = depth;
                        intoTarget = false;
                        item = 0;
                    } else if (word.equalsIgnoreCase("set")
                            || (word.equalsIgnoreCase("update") && "key".equalsIgnoreCase(last))) {
                        part = Part.SET;
                        partDepth = depth;
                        target = null;
                        tuple = false;
                        intoTarget = false;
                    } else if (word.equalsIgnoreCase("select") && intoTarget) {
                        part = Part.SELECT_SOURCE;
                        intoTarget = false;
                    } else if (word.equalsIgnoreCase("select") && !columns.isEmpty() && part == Part.OTHER) {
                        part = Part.SELECT_SOURCE;
                    } else if (part == Part.SET && depth == partDepth && SqlWords.endsSet(word)) {
                        part = Part.OTHER;
                    } else if (part == Part.SELECT_SOURCE && depth == 0 && word.equalsIgnoreCase("where")) {
                        part = Part.OTHER;
                    } else if (part == Part.COLUMN_LIST && depth == partDepth) {
                        listed.add(SqlWords.name(word));
                    }
                }
            }
        }
    }

    private void assign(int depth, int partDepth, int item, @Nullable String target) {
        switch (part) {
            case VALUES ->
                found.add(new Assignment(
                        parameter, depth > partDepth && item < columns.size() ? columns.get(item) : null));
            case SET -> {
                if (target != null) {
                    found.add(new Assignment(parameter, target.isEmpty() ? null : target));
                }
            }
            case SELECT_SOURCE -> found.add(new Assignment(parameter, null));
            default -> {}
        }
    }
}
