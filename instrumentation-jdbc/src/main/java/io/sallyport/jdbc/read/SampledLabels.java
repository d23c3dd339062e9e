package io.sallyport.jdbc.read;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.mask.ResultColumn;
import java.util.Locale;
import java.util.Set;

/**
 * What columns are called in a sample of rows. A column that is an expression without an alias is called by the expression's text in most
 * databases, with its literals in it; MySQL and MariaDB call a literal by what it says. Such a label is not written down.
 */
final class SampledLabels {

    /** Vendors whose label of a literal keeps the quotes. */
    private static final Set<String> KEEP_QUOTES = Set.of("h2", "sqlite", "postgresql", "oracle", "sqlserver");

    /** What PostgreSQL calls an expression. */
    private static final String UNNAMED = "?column?";

    private static final int LONGEST = 128;

    /** The statement without its literals, in lower case. */
    private final String shape;

    private final boolean quotesKept;

    private SampledLabels(String shape, boolean quotesKept) {
        this.shape = shape;
        this.quotesKept = quotesKept;
    }

    static SampledLabels of(Command command) {
        String shape = command instanceof SqlCommand sql ? sql.analysis().recorded() : "";
        return new SampledLabels(
                shape.toLowerCase(Locale.ROOT),
                KEEP_QUOTES.contains(command.target().vendor()));
    }

    /** @param position what to call the column otherwise */
    String of(ResultColumn column, String position) {
        String label = column.label();
        boolean shown = label.equals(UNNAMED)
                || shape.contains(label.toLowerCase(Locale.ROOT))
                || isName(label) && (quotesKept || isStored(column));
        return shown ? label : position;
    }

    /** Whether a label that the statement does not spell is a column's name, as behind {@code SELECT *}. */
    private boolean isStored(ResultColumn column) {
        // A derived table's column counts as stored with some drivers, and may be a literal.
        boolean derived = shape.indexOf("select", shape.indexOf("select") + 1) >= 0;
        String base = column.baseColumn();
        return shape.indexOf('?') < 0
                || !derived
                        && column.baseTable() != null
                        && base != null
                        && column.label().equalsIgnoreCase(base);
    }

    private static boolean isName(String label) {
        if (label.isEmpty()
                || label.length() > LONGEST
                || !Character.isUnicodeIdentifierStart(label.charAt(0)) && label.charAt(0) != '_') {
            return false;
        }
        for (int i = 1; i < label.length(); i++) {
            char c = label.charAt(i);
            if (!Character.isUnicodeIdentifierPart(c) && c != '$' && c != '#') {
                return false;
            }
        }
        return true;
    }
}
