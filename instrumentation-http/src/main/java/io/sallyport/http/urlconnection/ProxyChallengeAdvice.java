package io.sallyport.http.urlconnection;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code resetProxyAuthentication}: a proxy asked for credentials, and the connection goes on if there are any. */
public final class ProxyChallengeAdvice {

    private ProxyChallengeAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object connection,
            @Advice.FieldValue("responseCode") int status,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object credentials)
            throws IOException {
        if (credentials != null) {
            UrlCall.of(connection).challenged(status);
        }
    }
}
