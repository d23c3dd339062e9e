package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.mask.ColumnMask;
import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads one masked column of one result: what its getters are told to call when they end. It holds its column's mask, so that a value
 * is masked by what was decided when its getter began, whatever another thread does to the result meanwhile.
 */
final class ColumnReader implements SallyportReader {

    private final Inside inside;
    private final ColumnMask mask;

    ColumnReader(Inside inside, ColumnMask mask) {
        this.inside = inside;
        this.mask = mask;
    }

    ColumnMask mask() {
        return mask;
    }

    /** See {@link Inside#hide}. */
    boolean hide() {
        return inside.hide();
    }

    /** Never called: getters begin at the {@link ResultState}. */
    @Override
    public @Nullable SallyportReader enter(Object carrier, @Nullable Object column) {
        return null;
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
        try {
            if (thrown != null) {
                MaskedReads.failWithoutValue(thrown);
                return value;
            }
            return masked((ResultSet) carrier, returnType, second, value);
        } finally {
            inside.leave();
        }
    }

    @Override
    public @Nullable String text(
            Object carrier, String method, int column, @Nullable String value, @Nullable Throwable thrown) {
        try {
            if (thrown != null) {
                MaskedReads.failWithoutValue(thrown);
                return value;
            }
            String masked = value == null ? null : MaskedReads.text(mask, value);
            inside.nullByMask(masked == null && value != null);
            return masked;
        } finally {
            inside.leave();
        }
    }

    @Override
    public int whole(Object carrier, String method, int column, int value, @Nullable Throwable thrown) {
        if (thrown == null && mask.leaves(value)) {
            inside.leaveClear();
            return value;
        }
        return SallyportReader.super.whole(carrier, method, column, value, thrown);
    }

    @Override
    public long whole(Object carrier, String method, int column, long value, @Nullable Throwable thrown) {
        if (thrown == null && mask.leaves(value)) {
            inside.leaveClear();
            return value;
        }
        return SallyportReader.super.whole(carrier, method, column, value, thrown);
    }

    /** What the caller receives in place of a value that a getter of whatever type returned. */
    @Nullable
    Object masked(ResultSet carrier, String returnType, @Nullable Object second, @Nullable Object value) {
        boolean primitive = MaskedReads.isPrimitive(returnType);
        if (value == null || (primitive && MaskedReads.isZero(value) && MaskedReads.wasNull(carrier))) {
            inside.nullByMask(inside.wasHidden());
            return value;
        }
        Object masked = MaskedReads.apply(mask, value, MaskedReads.requested(second), returnType, carrier);
        inside.nullByMask(masked == null);
        return masked == null && primitive ? MaskedReads.zero(returnType) : masked;
    }
}
