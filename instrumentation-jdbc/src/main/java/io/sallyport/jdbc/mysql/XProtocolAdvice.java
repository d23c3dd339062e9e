package io.sallyport.jdbc.mysql;

import io.sallyport.jdbc.execute.DriverCalls;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** {@code XProtocol}: X DevAPI sends documents and SQL by a protocol of its own, of which nothing is mediated. */
public final class XProtocolAdvice {

    private XProtocolAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter() throws SQLException {
        DriverCalls.refuse("mysql", "X DevAPI is not mediated. Use JDBC.");
    }
}
