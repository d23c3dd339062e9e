package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.connect.SocketCheck;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.postgresql.core.PGStream;

/** {@code ConnectionFactoryImpl.sendStartupPacket(PGStream, …)}: the first message that names user and database. */
public final class StartupAdvice {

    private StartupAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object stream) throws SQLException {
        PGStream pg = (PGStream) stream;
        SocketCheck.beforeStartup(
                pg.getSocket(), pg.getHostSpec().getHost(), pg.getHostSpec().getPort());
    }
}
