package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpsURLConnection}: whose verifier judges names in place of the JDK. */
final class HttpsUrlConnectionWeave implements WeavePoint {

    static final String TYPE = "javax.net.ssl.HttpsURLConnection";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("setHostnameVerifier"), "io.sallyport.http.tls.VerifierAdvice")
                .call(named("getHostnameVerifier"), "io.sallyport.http.tls.VerifierAskedAdvice")
                .call(named("setDefaultHostnameVerifier"), "io.sallyport.http.tls.DefaultVerifierAdvice");
    }
}
