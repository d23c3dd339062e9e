package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which column each {@code ?}, and each text that stands in the statement itself, of an INSERT, UPDATE or MERGE is assigned to, by reading words and brackets only. A parameter
 * in a condition is assigned to nothing and left out; where the column cannot be told (no column list, a sub-select as source) it
 * is reported without one.
 */
final class AssignedParameters {

    /** @param parameter position from 0; {@code column} as it is written, without quotes, or {@code null} where unknown */
    record Assignment(int parameter, @Nullable String column) {}

    /** A value that is nothing but text in quotes, perhaps in pieces: {@code concat('a', 'b')}. */
    record Constant(String column, String text) {}

    private enum Part {
        OTHER,
        SET,
        COLUMN_LIST,
        VALUES,
        SELECT_SOURCE
    }

    /** What may stand between the pieces of a constant text; N and E are prefixes of literals. */
    private static final Set<String> CONSTANT = Set.of("(", ")", ",", "concat", "n", "e");

    private final SqlWords words;
    private final List<Assignment> found = new ArrayList<>();
    private final List<Constant> constants = new ArrayList<>();
    private final boolean doubleQuotesText;
    /** The text of the value that is being read, as far as it is constant; {@code null}: it is not, or none is read. */
    private @Nullable StringBuilder text;

    private List<String> columns = List.of();
    private Part part = Part.OTHER;
    private int parameter;
    /** CASE expressions of a SET list that are open: their WHEN starts no branch of a MERGE. */
    private int cases;

    private AssignedParameters(SqlWords words, Dialect dialect) {
        this.words = words;
        this.doubleQuotesText = dialect == Dialect.MYSQL || dialect == Dialect.SQLITE;
    }

    static AssignedParameters in(String sql, Dialect dialect) {
        AssignedParameters reader = new AssignedParameters(new SqlWords(sql, dialect), dialect);
        reader.read();
        return reader;
    }

    List<Assignment> parameters() {
        return found;
    }

    List<Constant> constants() {
        return constants;
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
            boolean ends = part == Part.VALUES
                    ? depth == partDepth + 1 && (word.equals(",") || word.equals(")"))
                    : depth == partDepth && (word.equals(",") || word.equals(")") || endsSet(word, last));
            if (ends) {
                constant(item, target);
            } else {
                fold(word);
            }
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
                        text = new StringBuilder();
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
                        text = new StringBuilder();
                    } else if (part == Part.SET && depth == partDepth) {
                        target = null;
                        tuple = false;
                    }
                }
                case "=" -> {
                    if (part == Part.SET && depth == partDepth && target == null) {
                        target = tuple ? "" : SqlWords.name(last);
                        text = new StringBuilder();
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
                        cases = 0;
                    } else if (part == Part.SET && depth == partDepth && word.equalsIgnoreCase("case")) {
                        cases++;
                    } else if (part == Part.SET && depth == partDepth && word.equalsIgnoreCase("end") && cases > 0) {
                        cases--;
                    } else if (word.equalsIgnoreCase("select") && intoTarget) {
                        part = Part.SELECT_SOURCE;
                        intoTarget = false;
                    } else if (word.equalsIgnoreCase("select") && !columns.isEmpty() && part == Part.OTHER) {
                        part = Part.SELECT_SOURCE;
                    } else if (part == Part.SET && depth == partDepth && endsSet(word, last)) {
                        part = Part.OTHER;
                    } else if (part == Part.SELECT_SOURCE && depth == 0 && word.equalsIgnoreCase("where")) {
                        part = Part.OTHER;
                    } else if (part == Part.COLUMN_LIST && depth == partDepth) {
                        listed.add(SqlWords.name(word));
                    }
                }
            }
        }
        constant(item, target);
    }

    private boolean endsSet(String word, @Nullable String last) {
        boolean comparison = word.equalsIgnoreCase("from") && "distinct".equalsIgnoreCase(last);
        return cases == 0 && !comparison && SqlWords.endsSet(word);
    }

    private void fold(String word) {
        StringBuilder read = text;
        if (read == null) {
            return;
        }
        if (SqlWords.isText(word) || doubleQuotesText && word.charAt(0) == '"') {
            read.append(SqlWords.name(word));
        } else if (!CONSTANT.contains(word.toLowerCase(Locale.ROOT))) {
            text = null;
        }
    }

    private void constant(int item, @Nullable String target) {
        String column =
                part == Part.SET ? target : part == Part.VALUES && item < columns.size() ? columns.get(item) : "";
        String read = text == null ? "" : text.toString();
        if (!read.isEmpty() && column != null && !column.isEmpty()) {
            constants.add(new Constant(column, read));
        }
        text = null;
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
