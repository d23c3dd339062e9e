package io.sallyport.jdbc.mysql;

import com.mysql.cj.conf.HostInfo;
import io.sallyport.jdbc.connect.MysqlProtocol;
import io.sallyport.jdbc.connect.PhysicalConnect;
import io.sallyport.jdbc.connect.Place;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code ConnectionImpl.createNewIO(boolean)}: where every physical connection is made, the first and those after a failure. */
public final class CreateNewIoAdvice {

    private CreateNewIoAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(
            @Advice.This(typing = Typing.DYNAMIC) Object connection,
            @Advice.FieldValue(value = "origHostInfo", typing = Typing.DYNAMIC) Object host)
            throws SQLException {
        HostInfo info = (HostInfo) host;
        return PhysicalConnect.enter(
                connection, Place.of("mysql", info.getHost(), info.getPort(), info.getUser(), info.getDatabase()));
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object token,
            @Advice.This(typing = Typing.DYNAMIC) Object connection,
            @Advice.FieldValue(value = "session", typing = Typing.DYNAMIC) @Nullable Object session,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        PhysicalConnect.exit(token, connection, session == null ? null : MysqlProtocol.of(session), thrown);
    }
}
