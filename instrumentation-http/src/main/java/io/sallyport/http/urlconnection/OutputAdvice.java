package io.sallyport.http.urlconnection;

import java.io.IOException;
import java.io.OutputStream;
import java.net.CookieHandler;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code getOutputStream}. */
public final class OutputAdvice {

    private OutputAdvice() {}

    /** @return a stream in place of the connection's, where a rule asks for the body first: then the method does not run now */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable OutputStream enter(
            @Advice.This Object connection, @Advice.FieldValue("cookieHandler") @Nullable CookieHandler cookies)
            throws IOException {
        return UrlCall.of(connection).with(cookies).output();
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static @Nullable OutputStream exit(
            @Advice.This Object connection,
            @Advice.Enter @Nullable OutputStream entered,
            @Advice.Return @Nullable OutputStream returned) {
        return entered == null ? UrlCall.of(connection).written(returned) : entered;
    }
}
