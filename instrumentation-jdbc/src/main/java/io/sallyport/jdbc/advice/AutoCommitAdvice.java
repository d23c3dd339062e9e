package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.execute.TransactionRecords;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** {@code Connection.setAutoCommit(boolean)}. */
public final class AutoCommitAdvice {

    private AutoCommitAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection, @Advice.Argument(0) boolean on) throws SQLException {
        Connections.settingAutoCommit(connection, on);
    }

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object connection, @Advice.Argument(0) boolean on) {
        ConnectionState state = Connections.known(connection);
        if (state != null) {
            TransactionRecords.autoCommit(state, on);
            state.autoCommit(on);
        }
    }
}
