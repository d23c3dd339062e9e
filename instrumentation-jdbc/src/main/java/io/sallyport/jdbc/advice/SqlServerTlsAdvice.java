package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.HandshakeCheck;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code TDSChannel.enableSSL} of Microsoft's driver: it takes its socket for encrypted. */
public final class SqlServerTlsAdvice {

    private SqlServerTlsAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.FieldValue(value = "sslSocket", typing = Typing.DYNAMIC) @Nullable Object socket)
            throws SQLException {
        HandshakeCheck.beforeLogin(socket);
    }
}
