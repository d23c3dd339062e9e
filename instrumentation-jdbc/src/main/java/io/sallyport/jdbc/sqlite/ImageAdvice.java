package io.sallyport.jdbc.sqlite;

import io.sallyport.jdbc.execute.Channels;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code SQLiteConnection.serialize(String)} and {@code deserialize(String, byte[])}. */
public final class ImageAdvice {

    private ImageAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object connection, @Advice.Origin("#m") String method)
            throws SQLException {
        // What is read cannot be masked; what is loaded takes the place of everything that was there.
        return Channels.enter(
                connection, method.equals("serialize") ? "CALL sqlite_serialize()" : "DROP DATABASE main");
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object token, @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Channels.exit(token, thrown);
    }
}
