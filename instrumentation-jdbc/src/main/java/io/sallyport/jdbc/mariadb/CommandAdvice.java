package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.execute.DriverCalls;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code AbstractQueryProtocol.cmdPrologue()} of version 2, with which every command begins. */
public final class CommandAdvice {

    private CommandAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This(typing = Typing.DYNAMIC) Object protocol) throws SQLException {
        DriverCalls.demandAccount(protocol);
    }
}
