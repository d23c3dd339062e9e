package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.connect.SocketCheck;
import java.sql.SQLException;
import java.util.Properties;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.PGStream;

/** {@code ConnectionFactoryImpl.doAuthentication(PGStream, String host, String user, Properties)}: before credentials leave. */
public final class AuthenticationAdvice {

    private AuthenticationAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.Argument(0) Object stream,
            @Advice.Argument(2) @Nullable String user,
            @Advice.Argument(3) Properties info)
            throws SQLException {
        PGStream pg = (PGStream) stream;
        SocketCheck.beforeAuthentication(
                pg.getSocket(), pg.getHostSpec().getHost(), pg.getHostSpec().getPort(), user == null ? "" : user, info);
    }
}
