package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.Batches;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Statement.addBatch(String)}; counts once the driver has taken it. */
public final class AddBatchSqlAdvice {

    private AddBatchSqlAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object statement, @Advice.Argument(0) @Nullable String sql)
            throws SQLException {
        Batches.add(statement, sql);
    }
}
