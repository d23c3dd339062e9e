package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.HandshakeCheck;
import java.io.IOException;
import java.net.Socket;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import net.bytebuddy.asm.Advice;

/** {@code org.h2.value.Transfer.init()}: H2's client has its socket, and says next who it is. */
public final class H2LoginAdvice {

    private H2LoginAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.FieldValue("socket") Socket socket) throws IOException {
        try {
            HandshakeCheck.beforeLogin(socket);
        } catch (SQLException refused) {
            throw new SSLHandshakeException(refused.getMessage());
        }
    }
}
