package io.sallyport.http.tls;

import javax.net.ssl.HostnameVerifier;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code HttpsURLConnection.setDefaultHostnameVerifier}. */
public final class DefaultVerifierAdvice {

    private DefaultVerifierAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) @Nullable HostnameVerifier verifier) {
        UrlConnectionVerifiers.givenByDefault(verifier);
    }
}
