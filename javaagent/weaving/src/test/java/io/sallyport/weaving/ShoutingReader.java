package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportReader;

/** Masks by shouting, once however deep getters nest. */
final class ShoutingReader implements SallyportReader {
    private int depth;

    @Override
    public Object enter(Object carrier, Object column) {
        depth++;
        return this;
    }

    @Override
    public Object exit(
            Object token,
            Object carrier,
            String method,
            String returnType,
            Object[] arguments,
            Object value,
            Throwable thrown) {
        if (--depth > 0) {
            return value;
        }
        return returnType.equals("int") ? Integer.valueOf(-1) : "<" + value + ">";
    }
}
