package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.connect.SocketCheck;
import java.net.Socket;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code StandardClient.handleAuthentication}: the TLS handshake is over, user and password have not left. */
public final class CredentialsAdvice {

    private CredentialsAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.FieldValue("socket") Socket socket,
            @Advice.FieldValue(value = "conf", typing = Typing.DYNAMIC) Object configuration,
            @Advice.FieldValue(value = "hostAddress", typing = Typing.DYNAMIC) Object address)
            throws SQLException {
        SocketCheck.beforeCredentials(socket, Places.of(configuration, address));
    }
}
