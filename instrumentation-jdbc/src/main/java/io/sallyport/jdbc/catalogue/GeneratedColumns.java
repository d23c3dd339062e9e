package io.sallyport.jdbc.catalogue;

import io.sallyport.core.sql.ColumnOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Columns that the server computes from others of the same row. */
final class GeneratedColumns {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

    private GeneratedColumns() {}

    /** Columns of the same table whose names occur in the expression. */
    static List<ColumnOrigin> read(String expression, ColumnOrigin generated, @Nullable List<String> columns) {
        List<ColumnOrigin> read = new ArrayList<>();
        Matcher words = NAME.matcher(expression);
        while (words.find()) {
            for (String column : columns == null ? List.<String>of() : columns) {
                if (column.equalsIgnoreCase(words.group()) && !column.equals(generated.column())) {
                    read.add(new ColumnOrigin(generated.schema(), generated.table(), column));
                }
            }
        }
        return read;
    }
}
