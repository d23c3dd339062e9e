package io.sallyport.jdbc.mysql;

import com.mysql.cj.protocol.SocketConnection;
import io.sallyport.jdbc.connect.MysqlProtocol;
import io.sallyport.jdbc.connect.Place;
import io.sallyport.jdbc.connect.SocketCheck;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * {@code NativeAuthenticationProvider.proceedHandshakeWithPluggableAuthentication}: the TLS handshake is over, user and password have
 * not left. Also on the way of {@code changeUser}.
 */
public final class CredentialsAdvice {

    private CredentialsAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.FieldValue(value = "protocol", typing = Typing.DYNAMIC) Object protocol,
            @Advice.FieldValue(value = "username", typing = Typing.DYNAMIC) @Nullable Object user,
            @Advice.FieldValue(value = "database", typing = Typing.DYNAMIC) @Nullable Object database)
            throws IOException, SQLException {
        SocketConnection connection = Objects.requireNonNull((SocketConnection) MysqlProtocol.socketOf(protocol));
        SocketCheck.beforeCredentials(
                connection.getMysqlSocket(),
                Place.of("mysql", connection.getHost(), connection.getPort(), (String) user, (String) database));
    }
}
