package io.sallyport.jdbc.mysql;

import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.execute.DriverOnly;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** Methods of {@code NativeProtocol} below its commands: packets out and in, which the driver's own classes send and read. */
public final class WireAdvice {

    private WireAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object protocol) throws SQLException {
        if (!DriverCalls.isInsideCall(protocol)) {
            DriverOnly.demandCaller(protocol);
        }
    }
}
