package io.sallyport.jdbc.state;

import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The generated keys that a statement was asked for. Immutable.
 *
 * @param asked whether any were
 * @param names the columns, as the caller spelt them; empty where the driver chooses them, or the caller gave their numbers
 */
public record KeyColumns(boolean asked, List<String> names) {

    public static final KeyColumns NONE = new KeyColumns(false, List.of());

    private static final KeyColumns UNNAMED = new KeyColumns(true, List.of());

    public KeyColumns {
        names = List.copyOf(names);
    }

    /** What the arguments of {@code prepareStatement(sql, …)} or {@code execute…(sql, …)} ask for. */
    public static KeyColumns in(Object[] arguments) {
        if (arguments.length != 2) {
            return NONE;
        }
        Object how = arguments[1];
        if (how instanceof String[] names) {
            return named(names);
        }
        return how instanceof int[] || how instanceof Integer flag && flag == Statement.RETURN_GENERATED_KEYS
                ? UNNAMED
                : NONE;
    }

    private static KeyColumns named(String[] given) {
        List<String> names = new ArrayList<>(given.length);
        for (String name : given) {
            if (name == null) {
                return UNNAMED;
            }
            names.add(name);
        }
        return names.isEmpty() ? UNNAMED : new KeyColumns(true, names);
    }
}
