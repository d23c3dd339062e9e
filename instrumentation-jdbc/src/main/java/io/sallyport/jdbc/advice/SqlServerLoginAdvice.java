package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.HandshakeCheck;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** {@code SQLServerConnection.logon}: Microsoft's driver says who it is. */
public final class SqlServerLoginAdvice {

    private SqlServerLoginAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter() throws SQLException {
        HandshakeCheck.afterHandshake(null);
    }
}
