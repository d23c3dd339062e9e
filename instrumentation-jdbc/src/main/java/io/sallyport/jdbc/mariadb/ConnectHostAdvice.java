package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.execute.DriverCalls;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code MultiPrimaryClient.connectHost}: the client of another host serves the same connection. */
public final class ConnectHostAdvice {

    private ConnectHostAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This(typing = Typing.DYNAMIC) Object clients,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object client) {
        DriverCalls.inherit(client, clients);
    }
}
