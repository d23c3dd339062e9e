package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportReader;

/** Masks by shouting, once however deep getters nest. */
final class ShoutingReader implements SallyportReader {
    private int depth;

    @Override
    public SallyportReader enter(Object carrier, Object column) {
        depth++;
        return this;
    }

    @Override
    public Object exit(
            Object carrier,
            String method,
            String returnType,
            Object column,
            Object second,
            Object value,
            Throwable thrown) {
        if (--depth > 0) {
            return value;
        }
        return returnType.equals("int") ? Integer.valueOf(-1) : "<" + value + ">";
    }
}
