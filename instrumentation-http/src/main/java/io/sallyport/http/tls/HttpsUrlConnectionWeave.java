package io.sallyport.http.tls;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpsURLConnection}: whose verifier judges names in place of the JDK. */
final class HttpsUrlConnectionWeave implements WeavePoint {

    static final String TYPE = "javax.net.ssl.HttpsURLConnection";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("setHostnameVerifier"), "io.sallyport.http.tls.VerifierAdvice")
                .call(named("setDefaultHostnameVerifier"), "io.sallyport.http.tls.DefaultVerifierAdvice");
    }
}
