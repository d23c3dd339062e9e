package io.sallyport.bootstrap;

/**
 * The slow path of a woven getter: reached only when the carrier's state is not {@link SallyportGate#NOTHING}. Implemented by
 * the states of carriers that have something to mask.
 *
 * <p>{@link #enter(Object, Object)} and {@link #exit} serve every getter. The others are the same two for the signatures that
 * applications call once a cell: nothing is boxed there, and a reader that has nothing quicker to offer inherits the general way.
 */
public interface SallyportReader {

    /**
     * A getter begins.
     *
     * @param column the getter's first argument, index or label; {@code null} where it has none
     * @return who is told when the getter ends; {@code null} when this call needs no further attention
     */
    SallyportReader enter(Object carrier, Object column);

    /** The same for a getter that takes more than the column (a map, a calendar, a class): the driver may ask that, and run its code meanwhile. */
    default SallyportReader enterAsking(Object carrier, Object column) {
        return enter(carrier, column);
    }

    /** The same for a getter that takes a column's index and nothing else, and that is no move to another row. */
    default SallyportReader enter(Object carrier, int column) {
        return enter(carrier, (Object) column);
    }

    /**
     * A getter ends, normally or not. Always called on what {@link #enter} returned.
     *
     * @param method name of the getter
     * @param returnType its declared return type by name, {@code int} or {@code java.lang.String}
     * @param column its first argument, {@code null} where it has none
     * @param second its second argument, {@code null} where it has none
     * @param value what it returned, boxed; meaningless when it threw
     * @param thrown what it threw, or {@code null}
     * @return what the caller receives, of the getter's return type; ignored when it threw
     */
    Object exit(
            Object carrier,
            String method,
            String returnType,
            Object column,
            Object second,
            Object value,
            Throwable thrown);

    /** The end of a getter that takes an index and returns a {@code String}. */
    default String text(Object carrier, String method, int column, String value, Throwable thrown) {
        return (String) exit(carrier, method, "java.lang.String", column, null, value, thrown);
    }

    /** The end of a getter that takes an index and returns an {@code int}. */
    default int whole(Object carrier, String method, int column, int value, Throwable thrown) {
        return (Integer) exit(carrier, method, "int", column, null, value, thrown);
    }

    /** The end of a getter that takes an index and returns a {@code long}. */
    default long whole(Object carrier, String method, int column, long value, Throwable thrown) {
        return (Long) exit(carrier, method, "long", column, null, value, thrown);
    }

    /** The end of a method that takes nothing and returns a {@code boolean}: {@code next}, {@code wasNull}. */
    default boolean flag(Object carrier, String method, boolean value, Throwable thrown) {
        return (Boolean) exit(carrier, method, "boolean", null, null, value, thrown);
    }
}
