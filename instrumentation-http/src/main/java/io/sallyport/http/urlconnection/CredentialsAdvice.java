package io.sallyport.http.urlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code setRequestProperty}, {@code addRequestProperty}: of credentials, the connection tells nobody that they were set. */
public final class CredentialsAdvice {

    private CredentialsAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object connection,
            @Advice.Argument(0) @Nullable String name,
            @Advice.Argument(1) @Nullable String value) {
        UrlCall.stated(connection, name, value);
    }
}
