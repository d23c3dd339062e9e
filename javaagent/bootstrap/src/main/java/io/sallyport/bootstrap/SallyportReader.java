package io.sallyport.bootstrap;

/**
 * The slow path of a woven getter: reached only when the carrier's state is not {@link SallyportGate#NOTHING}. Implemented by
 * the states of carriers that have something to mask.
 */
public interface SallyportReader {

    /**
     * A getter begins.
     *
     * @param column the getter's first argument, index or label; {@code null} where it has none
     * @return a token for {@link #exit}; {@code null} when this call needs no further attention
     */
    Object enter(Object carrier, Object column);

    /**
     * A getter ends, normally or not. Always called for a token that {@link #enter} returned.
     *
     * @param method name of the getter
     * @param returnType its declared return type by name, {@code int} or {@code java.lang.String}
     * @param arguments its arguments
     * @param value what it returned, boxed; {@code null} when it threw
     * @param thrown what it threw, or {@code null}
     * @return what the caller receives, of the getter's return type; ignored when it threw
     */
    Object exit(
            Object token,
            Object carrier,
            String method,
            String returnType,
            Object[] arguments,
            Object value,
            Throwable thrown);
}
