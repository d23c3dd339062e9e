package io.sallyport.http.urlconnection;

import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code disconnectWeb} and {@code reset}: an answer asked for credentials, and the connection goes on with them. */
public final class ChallengeAdvice {

    private ChallengeAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection, @Advice.FieldValue("responseCode") int status)
            throws IOException {
        UrlCall.of(connection).challenged(status);
    }
}
