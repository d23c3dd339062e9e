package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.connect.ConnectFlow;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Utils.retrieveProxy(UrlParser, GlobalStateInfo)} of version 2, static: where its driver, data sources and pools connect. */
public final class RetrieveProxyAdvice {

    private RetrieveProxyAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object parsed)
            throws SQLException {
        return ParsedUrl.enter(parsed);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object token, @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        ConnectFlow.exit(token, null, thrown);
    }
}
