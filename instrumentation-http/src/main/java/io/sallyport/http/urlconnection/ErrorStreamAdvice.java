package io.sallyport.http.urlconnection;

import java.io.InputStream;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code getErrorStream}. */
public final class ErrorStreamAdvice {

    private ErrorStreamAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static @Nullable InputStream exit(
            @Advice.This Object connection, @Advice.Return @Nullable InputStream returned) {
        return UrlCall.of(connection).answer().error(returned);
    }
}
