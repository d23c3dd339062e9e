package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.OutputItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a statement writes into the columns of its target, which its RETURNING or OUTPUT shows. */
final class Written {

    static final Written NOTHING = new Written();

    private final Map<String, Out> byColumn = new HashMap<>();
    private final List<Out> anywhere = new ArrayList<>();

    void into(String column, Out value) {
        byColumn.merge(column, value, Out::plus);
    }

    /** {@code value} is written into some column; it cannot be told which. */
    void intoAny(Out value) {
        anywhere.add(value);
    }

    boolean isNothing() {
        return byColumn.isEmpty() && anywhere.isEmpty();
    }

    /** {@code column} with the values that were written into it. */
    Out onto(Out column) {
        if (isNothing()) {
            return column;
        }
        Out value = byColumn.get(column.name());
        Out result = value == null ? column : column.plus(value);
        if (anywhere.isEmpty()) {
            return result;
        }
        Origins any = new Origins();
        anywhere.forEach(any::add);
        return result.plus(any.asCopy(null));
    }

    void all(Origins into) {
        byColumn.values().forEach(into::add);
        anywhere.forEach(into::add);
    }

    /** As columns of an output list; those without a label may be any column. */
    List<OutputItem.Column> items() {
        List<OutputItem.Column> items = new ArrayList<>();
        byColumn.forEach((name, value) -> items.add(item(name, value)));
        anywhere.forEach(value -> items.add(item(null, value)));
        return items;
    }

    private static OutputItem.Column item(@Nullable String name, Out value) {
        Origins origins = new Origins();
        origins.add(value);
        Out flat = origins.asCopy(name);
        return new OutputItem.Column(name, flat.origins(), flat.complete());
    }
}
