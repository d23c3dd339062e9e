package io.sallyport.http.tls;

import net.bytebuddy.asm.Advice;

/** {@code HttpsURLConnection.getHostnameVerifier}. */
public final class VerifierAskedAdvice {

    private VerifierAskedAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection) {
        UrlConnectionVerifiers.asked(connection);
    }
}
