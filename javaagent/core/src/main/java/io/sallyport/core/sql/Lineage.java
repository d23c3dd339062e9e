package io.sallyport.core.sql;

import java.util.List;

/**
 * Where the values of a statement's output columns come from. Independent of any policy.
 *
 * @param items the output list, in order; empty for a statement without output
 * @param exact {@code true} when the tree reader resolved every name; {@code false} when positions or origins had to be guessed
 *     and whatever cannot be shown clear must be masked
 * @param copies columns into which values are written, with the columns those values come from (INSERT … SELECT, CREATE TABLE AS,
 *     UPDATE … SET a = b)
 * @param influences columns that decide which rows there are
 * @param inherited what is known of copies in the statement's tables. {@code items} and {@code copies} name the copies' origins
 *     already; for columns that only their name at run time tells ({@link OutputItem.Star})
 */
public record Lineage(
        List<OutputItem> items, boolean exact, List<Copy> copies, Influences influences, Inheritance inherited) {

    public static final Lineage NONE = new Lineage(List.of(), true, List.of());

    /** Nothing is known about the output: every column could come from every table that the statement names. */
    public static final Lineage UNKNOWN = new Lineage(List.of(), false, List.of());

    public Lineage {
        items = List.copyOf(items);
        copies = List.copyOf(copies);
    }

    /** A lineage over tables that hold no copies, of a statement that chooses no rows. */
    public Lineage(List<OutputItem> items, boolean exact, List<Copy> copies) {
        this(items, exact, copies, exact ? Influences.NONE : Influences.UNKNOWN, Inheritance.NONE);
    }

    /** A value of {@code from} (one or more base columns) is written into {@code into}. */
    public record Copy(ColumnOrigin into, List<ColumnOrigin> from) {
        public Copy {
            from = List.copyOf(from);
        }
    }
}
