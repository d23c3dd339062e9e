package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.execute.Payloads;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.postgresql.core.Notification;

/** {@code QueryExecutorBase.getNotifications()}, where {@code PgConnection.getNotifications} gets them from. */
public final class NotificationsAdvice {

    private NotificationsAdvice() {}

    /** Typed {@code Object}, since an array is taken for a list of values to assign. */
    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.This Object executor, @Advice.Return PGNotification @Nullable [] received) throws SQLException {
        Payloads payloads = received == null || received.length == 0 ? Payloads.CLEAR : Payloads.of(executor);
        if (received == null || payloads == Payloads.CLEAR) {
            return received;
        }
        PGNotification[] shown = new PGNotification[received.length];
        for (int i = 0; i < shown.length; i++) {
            PGNotification n = received[i];
            shown[i] = new Notification(n.getName(), n.getPID(), payloads.shown(n.getParameter()));
        }
        return shown;
    }
}
