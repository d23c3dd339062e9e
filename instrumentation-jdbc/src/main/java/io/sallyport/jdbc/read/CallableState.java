package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.StatementState;
import java.sql.CallableStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A callable statement, whose OUT parameters are results too. They have no metadata, so a parameter counts as a column that has its
 * name as label, or none where it is read by index.
 */
public final class CallableState extends StatementState implements SallyportReader {

    /** The thread inside a getter; see {@link ResultState}. */
    private @Nullable Thread inside;

    private boolean nullByMask;

    public CallableState(ConnectionState connection, @Nullable String sql, boolean returnsKeys) {
        super(connection, sql, returnsKeys);
    }

    @Override
    public @Nullable SallyportReader enter(Object carrier, @Nullable Object column) {
        Obligations last = obligations();
        if (inside == Thread.currentThread() || last == null || last.columns() == ColumnMaskPlan.NONE) {
            return null;
        }
        inside = Thread.currentThread();
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
        try {
            if (method.equals("wasNull")) {
                return nullByMask ? Boolean.TRUE : value;
            }
            ColumnMask mask = mask(column);
            if (mask == null) {
                nullByMask = false;
                return value;
            }
            if (thrown != null) {
                throw Sneaky.raise(MaskedReads.withoutValue(thrown));
            }
            return masked(mask, (CallableStatement) carrier, returnType, second, value);
        } finally {
            inside = null;
        }
    }

    private @Nullable Object masked(
            ColumnMask mask,
            CallableStatement call,
            String returnType,
            @Nullable Object second,
            @Nullable Object value) {
        boolean primitive = MaskedReads.isPrimitive(returnType);
        if (value == null || (primitive && MaskedReads.isZero(value) && wasNull(call))) {
            nullByMask = false;
            return value;
        }
        Object masked = MaskedReads.apply(mask, value, MaskedReads.requested(second), returnType, call);
        nullByMask = masked == null;
        return masked == null && primitive ? MaskedReads.zero(returnType) : masked;
    }

    private static boolean wasNull(CallableStatement call) {
        try {
            return call.wasNull();
        } catch (SQLException unknown) {
            return false;
        }
    }

    private @Nullable ColumnMask mask(@Nullable Object parameter) {
        Obligations last = obligations();
        if (last == null) {
            return Withheld.MASK;
        }
        int position = parameter instanceof Integer index ? Math.max(1, Math.min(index, 1_000)) : 1;
        String label = parameter instanceof String name ? name : "";
        List<ResultColumn> columns = Collections.nCopies(position, new ResultColumn(label, null, null, null));
        @Nullable ColumnMask[] masks = last.columns().bind(columns);
        return masks == null ? null : masks[position - 1];
    }
}
