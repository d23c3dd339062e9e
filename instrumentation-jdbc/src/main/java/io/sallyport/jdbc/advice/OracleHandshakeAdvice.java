package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.HandshakeCheck;
import java.io.IOException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code oracle.net.nt.SSLSocketChannel.doSSLHandshake()}: Oracle's driver takes its channel for encrypted. */
public final class OracleHandshakeAdvice {

    private OracleHandshakeAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.FieldValue(value = "sslEngine", typing = Typing.DYNAMIC) Object engine)
            throws IOException {
        try {
            HandshakeCheck.afterHandshake(engine);
        } catch (SQLException refused) {
            throw new SSLHandshakeException(refused.getMessage());
        }
    }
}
