package io.sallyport.core.policy.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code [schema.]table} or {@code [schema.]table.column}, each part a {@link Glob}; a part in double quotes may contain dots.
 *
 * <p>Case is ignored although a quoted identifier could make two tables differ only in case: of the two possible errors, covering
 * the other table too is the one that leaks nothing. A name without a schema matches a pattern with one, since the search path
 * may lead there.
 *
 * @param schema {@code null}: any schema
 * @param column {@code null} for a table pattern
 */
public record NamePattern(
        @Nullable Glob schema, Glob table, @Nullable Glob column) {

    /** @throws IllegalArgumentException with a sentence for the policy's author */
    public static NamePattern column(String text) {
        List<String> parts = parts(text);
        return switch (parts.size()) {
            case 2 -> new NamePattern(null, Glob.of(parts.get(0)), Glob.of(parts.get(1)));
            case 3 -> new NamePattern(Glob.of(parts.get(0)), Glob.of(parts.get(1)), Glob.of(parts.get(2)));
            default ->
                throw new IllegalArgumentException(
                        "a column is written [schema.]table.column, with globs: *.email is that column of any table");
        };
    }

    /** @throws IllegalArgumentException with a sentence for the policy's author */
    public static NamePattern table(String text) {
        List<String> parts = parts(text);
        return switch (parts.size()) {
            case 1 -> new NamePattern(null, Glob.of(parts.get(0)), null);
            case 2 -> new NamePattern(Glob.of(parts.get(0)), Glob.of(parts.get(1)), null);
            default -> throw new IllegalArgumentException("a table is written [schema.]table, with globs");
        };
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        if (quoted) {
            throw new IllegalArgumentException("a double quote is not closed");
        }
        if (parts.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a part of the name is empty");
        }
        return parts;
    }

    /** Whether the table may be meant. */
    public boolean matchesTable(@Nullable String itsSchema, String itsTable) {
        return table.matches(itsTable) && (schema == null || itsSchema == null || schema.matches(itsSchema));
    }

    /** Whether the table is meant for certain: an unknown schema does not match a pattern that names one. */
    public boolean certainlyMatchesTable(@Nullable String itsSchema, String itsTable) {
        return table.matches(itsTable)
                && (schema == null || schema.matchesAll() || (itsSchema != null && schema.matches(itsSchema)));
    }

    /** Whether the column may be meant. */
    public boolean matchesColumn(@Nullable String itsSchema, String itsTable, String itsColumn) {
        return column != null && column.matches(itsColumn) && matchesTable(itsSchema, itsTable);
    }

    /** Whether this column pattern certainly matches whatever {@code other} matches. */
    public boolean covers(NamePattern other) {
        boolean schemas = schema == null || schema.matchesAll() || other.schema != null && schema.covers(other.schema);
        boolean columns = column == null || other.column == null ? column == other.column : column.covers(other.column);
        return schemas && columns && table.covers(other.table);
    }

    @Override
    public String toString() {
        return (schema == null ? "" : schema + ".") + table + (column == null ? "" : "." + column);
    }
}
