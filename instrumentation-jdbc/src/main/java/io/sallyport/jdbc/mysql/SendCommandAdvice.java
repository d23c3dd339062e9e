package io.sallyport.jdbc.mysql;

import com.mysql.cj.protocol.Message;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.a.NativePacketPayload;
import io.sallyport.jdbc.connect.MysqlProtocol;
import io.sallyport.jdbc.connect.Place;
import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.state.ConnectionState;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.regex.Pattern;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code NativeProtocol.sendCommand}, where all commands of Connector/J leave, its own and those of whoever reached it. */
public final class SendCommandAdvice {

    private static final int QUERY = 0x03;

    /** Commands that neither run a statement nor change who or where one is; values as in {@code NativeConstants}. */
    private static final int QUIT = 0x01;

    private static final int STATISTICS = 0x09;
    private static final int PING = 0x0e;
    private static final int PREPARE = 0x16;
    private static final int LONG_DATA = 0x18;
    private static final int CLOSE_STATEMENT = 0x19;
    private static final int RESET_STATEMENT = 0x1a;
    private static final int SET_OPTION = 0x1b;
    private static final int FETCH = 0x1c;

    /** What the driver sends for itself outside any call: streaming results end, and a timer or {@code cancel()} stops a query. */
    private static final Pattern OWN = Pattern.compile(
            "SET net_write_timeout=\\d+|SET SQL_SELECT_LIMIT=(?:\\d+|DEFAULT)|KILL QUERY \\d+|KILL \\d+");

    private static final int LONGEST = 64;

    private SendCommandAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(
            @Advice.This(typing = Typing.DYNAMIC) Object protocol, @Advice.Argument(0) Object message)
            throws SQLException {
        return DriverCalls.isInsideCall(protocol) || isHarmless((Message) message)
                ? null
                : DriverCalls.enter(protocol, message, () -> stranger(protocol));
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object token) {
        DriverCalls.exit(token);
    }

    /** Of the driver's class only: another may answer otherwise when it is asked again. */
    private static boolean isHarmless(Message message) {
        if (message.getClass() != NativePacketPayload.class) {
            return false;
        }
        return switch (message.getByteBuffer()[0]) {
            case QUIT, STATISTICS, PING, PREPARE, LONG_DATA, CLOSE_STATEMENT, RESET_STATEMENT, SET_OPTION, FETCH ->
                true;
            case QUERY -> isOwn((NativePacketPayload) message);
            default -> false;
        };
    }

    private static boolean isOwn(NativePacketPayload query) {
        int tag = query.getTag("QUERY");
        int start = tag < 0 ? 1 : tag;
        int length = query.getPosition() - start;
        return length > 0
                && length <= LONGEST
                && OWN.matcher(new String(query.getByteBuffer(), start, length, StandardCharsets.ISO_8859_1))
                        .matches();
    }

    private static ConnectionState stranger(Object protocol) {
        Object socket = MysqlProtocol.socketOf(protocol);
        Place place = socket instanceof SocketConnection known
                ? Place.of("mysql", known.getHost(), known.getPort(), null, null)
                : Place.of("mysql", "unknown", 0, null, null);
        return place.unopened();
    }
}
