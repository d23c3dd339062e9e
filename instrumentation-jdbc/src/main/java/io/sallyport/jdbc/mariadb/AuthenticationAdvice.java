package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.connect.PhysicalConnect;
import io.sallyport.jdbc.connect.Place;
import io.sallyport.jdbc.connect.SocketCheck;
import java.net.Socket;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.HostAddress;

/** {@code AbstractConnectProtocol.authenticationHandler} of version 2: the TLS handshake is over, user and password have not left. */
public final class AuthenticationAdvice {

    private AuthenticationAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.This(typing = Typing.DYNAMIC) Object protocol,
            @Advice.FieldValue(value = "currentHost", typing = Typing.DYNAMIC) @Nullable Object address,
            @Advice.FieldValue("username") @Nullable String user,
            @Advice.FieldValue("database") @Nullable String database)
            throws SQLException {
        PhysicalConnect.sends(protocol);
        Socket socket = AssignedSocket.take();
        // A pipe or a file of this host has no address.
        if (socket != null && address instanceof HostAddress host) {
            SocketCheck.truth(socket, Place.of("mariadb", host.host, host.port, user, database));
        }
    }
}
