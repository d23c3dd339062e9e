package io.sallyport.core.sql.structure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of a FROM list (or of the table list of a write), with the join that leads to it.
 *
 * @param name name parts, folded, last part is the table or function; empty for a query or group
 * @param body query text, function arguments or nothing
 * @param group items of a bracketed join
 * @param alias folded; {@code null} without one
 * @param columns column aliases, folded
 * @param conditions ON conditions that belong to this join
 * @param using columns of USING, folded
 * @param merged name of a relation of these columns ({@code USING (id) AS m}, SQL:2016), folded; {@code null} without one
 * @param reshaped columns are made by PIVOT, UNPIVOT, MATCH_RECOGNIZE or the like: what they hold is in this span
 * @param defined the column list states types too, so that it lists every column
 * @param ordinality WITH ORDINALITY: a column behind all others that counts the rows
 */
public record FromItem(
        Kind kind,
        List<String> name,
        Span body,
        List<FromItem> group,
        @Nullable String alias,
        List<String> columns,
        Join join,
        boolean natural,
        List<Span> conditions,
        List<String> using,
        @Nullable String merged,
        @Nullable Span reshaped,
        boolean defined,
        boolean ordinality) {

    /** What the item is. */
    public enum Kind {
        TABLE,
        QUERY,
        FUNCTION,
        GROUP
    }

    /** How the item is joined to what stands before it. */
    public enum Join {
        COMMA,
        CROSS,
        INNER,
        LEFT,
        RIGHT,
        FULL
    }

    /** Schema as written, folded; {@code null} without one. */
    public @Nullable String schema() {
        return name.size() < 2 || name.get(name.size() - 2).isEmpty() ? null : name.get(name.size() - 2);
    }

    /** Table or function name, folded; empty for a query. */
    public String table() {
        return name.isEmpty() ? "" : name.get(name.size() - 1);
    }

    /** The name by which columns of the item are qualified. */
    public String label() {
        return alias == null ? table() : alias;
    }
}
