package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.Batches;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** {@code PreparedStatement.addBatch()}; counts once the driver has taken it. */
public final class AddBatchAdvice {

    private AddBatchAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object statement) throws SQLException {
        Batches.add(statement);
    }
}
