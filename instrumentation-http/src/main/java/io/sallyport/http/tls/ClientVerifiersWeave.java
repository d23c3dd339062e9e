package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * Where an application gives a client other than the JDK's a verifier of host names, or code of its own that makes its TLS. Their trust managers
 * are seen where the JDK gets them ({@link ContextWeave}).
 */
final class ClientVerifiersWeave implements WeavePoint {

    static final String[] TYPES = {
        "okhttp3.OkHttpClient$Builder",
        "org.apache.http.impl.client.HttpClientBuilder",
        "org.apache.http.impl.nio.client.HttpAsyncClientBuilder",
        "org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder",
        "org.apache.hc.client5.http.ssl.SSLConnectionSocketFactoryBuilder",
        "org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder",
        "org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder",
        // Its nested Client inherits the setter.
        "org.eclipse.jetty.util.ssl.SslContextFactory"
    };

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(TYPES);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                namedOneOf(
                                "hostnameVerifier",
                                "setHostnameVerifier",
                                "setSSLHostnameVerifier",
                                "setSSLSocketFactory",
                                "setTlsSocketStrategy",
                                "setTlsStrategy")
                        .and(takesArguments(1)),
                "io.sallyport.http.tls.ClientVerifierAdvice");
    }
}
