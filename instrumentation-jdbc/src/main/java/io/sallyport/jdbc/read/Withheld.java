package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.mask.ColumnMask;
import org.jspecify.annotations.Nullable;

/** The state of a result whose origin nobody knows: every value is withheld. Also the mask of a column that nobody knows. */
final class Withheld implements SallyportReader {

    static final Withheld RESULT = new Withheld();

    static final ColumnMask MASK = new ColumnMask() {
        @Override
        public String rule() {
            return "unknown-column";
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, Class<?> requested) {
            return null;
        }
    };

    private Withheld() {}

    @Override
    public SallyportReader enter(Object carrier, @Nullable Object column) {
        return this;
    }

    @Override
    public @Nullable Object exit(
            Object carrier,
            String method,
            String returnType,
            @Nullable Object column,
            @Nullable Object second,
            @Nullable Object value,
            @Nullable Throwable thrown) {
        if (RowCounter.MOVES.contains(method)) {
            return value;
        }
        if (method.equals("wasNull")) {
            return Boolean.TRUE;
        }
        if (thrown != null) {
            MaskedReads.failWithoutValue(thrown);
            return value;
        }
        return MaskedReads.isPrimitive(returnType) ? MaskedReads.zero(returnType) : null;
    }
}
