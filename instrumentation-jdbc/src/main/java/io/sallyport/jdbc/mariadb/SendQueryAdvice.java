package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.connect.Place;
import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.Client;
import org.mariadb.jdbc.message.ClientMessage;

/** {@code StandardClient.sendQuery(ClientMessage)}, where all commands leave, the driver's own and those of whoever reached it. */
public final class SendQueryAdvice {

    /** Messages that neither run a statement nor change who or where one is. */
    private static final Set<String> HARMLESS =
            Set.of("PingPacket", "PreparePacket", "ClosePreparePacket", "QuitPacket");

    /** What {@code cancel()} and a query timeout send, on a connection of their own. */
    private static final Pattern KILL = Pattern.compile("KILL (?:QUERY )?\\d+");

    private SendQueryAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(
            @Advice.This(typing = Typing.DYNAMIC) Object client, @Advice.Argument(0) Object message)
            throws SQLException {
        return DriverCalls.isInsideCall(client) || isHarmless((ClientMessage) message)
                ? null
                : DriverCalls.enter(client, message, () -> stranger((Client) client));
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object token) {
        DriverCalls.exit(token);
    }

    private static boolean isHarmless(ClientMessage message) {
        Class<?> type = message.getClass();
        if (!DriverCode.isOf(ClientMessage.class, type)) {
            return false;
        }
        return HARMLESS.contains(type.getSimpleName())
                || (type.getSimpleName().equals("QueryPacket")
                        && KILL.matcher(message.description()).matches());
    }

    private static ConnectionState stranger(Client client) {
        return Place.of("mariadb", client.getHostAddress().host, client.getHostAddress().port, null, null)
                .unopened();
    }
}
