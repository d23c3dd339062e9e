package io.sallyport.http.urlconnection;

import java.io.IOException;
import java.io.InputStream;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code getInputStream}. */
public final class InputAdvice {

    private InputAdvice() {}

    /** @return whether the connection itself is calling, from within another call of this method */
    @Advice.OnMethodEnter(inline = false)
    public static Object enter(@Advice.This Object connection) throws IOException {
        return UrlCall.asked(connection);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    @Advice.AssignReturned.ToReturned
    public static @Nullable InputStream exit(
            @Advice.This Object connection,
            @Advice.Enter Object entered,
            @Advice.Return @Nullable InputStream returned,
            @Advice.Thrown @Nullable Throwable thrown)
            throws IOException {
        return UrlCall.of(connection).answer().arrived(entered, returned, thrown);
    }
}
