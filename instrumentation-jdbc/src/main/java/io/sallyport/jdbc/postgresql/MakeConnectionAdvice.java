package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.connect.SocketCheck;
import java.util.Properties;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Driver.makeConnection(String, Properties)}, which runs on another thread under {@code loginTimeout}. */
public final class MakeConnectionAdvice {

    private MakeConnectionAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.Argument(1) Properties info) {
        return SocketCheck.enter(info);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object token) {
        SocketCheck.leave(token);
    }
}
