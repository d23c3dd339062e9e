package io.sallyport.http.tls;

import javax.net.ssl.HostnameVerifier;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code HttpsURLConnection.setHostnameVerifier}. */
public final class VerifierAdvice {

    private VerifierAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection, @Advice.Argument(0) @Nullable HostnameVerifier verifier) {
        UrlConnectionVerifiers.given(connection, verifier);
    }
}
