package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Passage;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.KeyColumns;
import io.sallyport.jdbc.state.StatementState;
import java.sql.CallableStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A callable statement, whose OUT parameters are results too. They have no metadata, so a parameter counts as a column that has its
 * name as label, or none where it is read by index.
 */
public final class CallableState extends StatementState implements SallyportReader {

    private final Inside inside = new Inside();

    /** The answer whose parameters are in {@link #sampled}: one that is read twice is written down once. */
    private @Nullable ReadRows sampledIn;

    private final Set<Object> sampled = new HashSet<>();

    public CallableState(ConnectionState connection, @Nullable String sql, KeyColumns keys) {
        super(connection, sql, keys);
    }

    @Override
    public boolean answersBeside() {
        return true;
    }

    /** A text of its own leaves the OUT parameters of the call where they are. */
    @Override
    public void answered(Passage by, SqlAnalysis ran) {
        String call = sql();
        if (call == null || call.equals(ran.sql())) {
            super.answered(by, ran);
        }
    }

    @Override
    public @Nullable SallyportReader enter(Object carrier, @Nullable Object column) {
        Obligations last = obligations();
        Thread caller = Thread.currentThread();
        if (last == null
                || last.columns() == ColumnMaskPlan.NONE && !(reading() instanceof ReadRows)
                || inside.covers(carrier, caller)) {
            return null;
        }
        inside.enter(caller, false);
        return this;
    }

    @Override
    public @Nullable SallyportReader enterAsking(Object carrier, @Nullable Object column) {
        SallyportReader reader = enter(carrier, column);
        if (reader != null) {
            inside.asks();
        }
        return reader;
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
                return inside.isNullByMask() ? Boolean.TRUE : value;
            }
            ColumnMask mask = mask(column);
            if (mask != null && thrown != null) {
                MaskedReads.failWithoutValue(thrown);
                return value;
            }
            Object seen = value;
            if (mask == null) {
                inside.nullByMask(false);
            } else {
                seen = masked(mask, (CallableStatement) carrier, returnType, second, value);
            }
            if (thrown == null && column != null && method.startsWith("get") && reading() instanceof ReadRows rows) {
                sampled(rows, (CallableStatement) carrier, returnType, column, value, seen, mask);
            }
            return seen;
        } finally {
            inside.leave();
        }
    }

    /** What was read is written down at level {@code full}; never throws, since that is no reason for a getter to fail. */
    private void sampled(
            ReadRows rows,
            CallableStatement call,
            String returnType,
            Object parameter,
            @Nullable Object value,
            @Nullable Object seen,
            @Nullable ColumnMask mask) {
        try {
            if (sampledIn != rows) {
                sampledIn = rows;
                sampled.clear();
                rows.beside();
            }
            if (!sampled.add(parameter)) {
                return;
            }
            String rule = mask == null || value == null || Objects.equals(value, seen) ? null : mask.rule();
            ColumnMask always = mask(rows.plan(), parameter);
            boolean clear = always == null
                    || seen == null
                    || mask != null && mask.rule().equals(always.rule());
            Object shown = clear || always == null || seen == null
                    ? seen
                    : MaskedReads.apply(always, seen, null, returnType, call);
            String name = "out " + parameter;
            ResultColumn column = new ResultColumn(name, null, null, null);
            rows.cell(name, column, seen, shown, clear || shown != null, rule);
        } catch (RuntimeException unknown) {
            // The value is missing in the sample.
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
            inside.nullByMask(false);
            return value;
        }
        Object masked = MaskedReads.apply(mask, value, MaskedReads.requested(second), returnType, call);
        inside.nullByMask(masked == null);
        return masked == null && primitive ? MaskedReads.zero(returnType) : masked;
    }

    private static boolean wasNull(CallableStatement call) {
        try {
            return call.wasNull();
        } catch (SQLException unknown) {
            return false;
        }
    }

    /** Whether a parameter is masked; {@code true} where that cannot be told. */
    boolean isMasked(@Nullable Object parameter) {
        return mask(parameter) != null;
    }

    private @Nullable ColumnMask mask(@Nullable Object parameter) {
        Obligations last = obligations();
        if (last == null) {
            return Withheld.MASK;
        }
        return mask(last.columns(), parameter);
    }

    private static @Nullable ColumnMask mask(ColumnMaskPlan plan, @Nullable Object parameter) {
        int position = parameter instanceof Integer index ? Math.max(1, Math.min(index, 1_000)) : 1;
        String label = parameter instanceof String name ? name : "";
        List<ResultColumn> columns = Collections.nCopies(position, new ResultColumn(label, null, null, null));
        @Nullable ColumnMask[] masks = plan.bind(columns);
        return masks == null ? null : masks[position - 1];
    }
}
