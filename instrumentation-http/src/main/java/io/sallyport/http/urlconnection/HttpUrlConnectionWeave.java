package io.sallyport.http.urlconnection;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code sun.net.www.protocol.http.HttpURLConnection}. */
final class HttpUrlConnectionWeave implements WeavePoint {

    static final String TYPE = "sun.net.www.protocol.http.HttpURLConnection";

    private static final String PACKAGE = "io.sallyport.http.urlconnection.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("plainConnect").and(takesNoArguments()), PACKAGE + "ConnectAdvice")
                .call(named("setRequestProperty").or(named("addRequestProperty")), PACKAGE + "CredentialsAdvice")
                .must(named("writeRequests").and(takesNoArguments()), PACKAGE + "WritingByAdvice")
                .must(named("sendCONNECTRequest").and(takesNoArguments()), PACKAGE + "TunnelAdvice")
                .must(named("disconnectWeb").or(named("reset")), PACKAGE + "ChallengeAdvice")
                .must(named("resetProxyAuthentication"), PACKAGE + "ProxyChallengeAdvice")
                .call(named("setCookieHeader").and(takesNoArguments()), PACKAGE + "CookieAdvice")
                .call(named("getOutputStream").and(takesNoArguments()), PACKAGE + "OutputAdvice")
                .call(named("followRedirect0"), PACKAGE + "RedirectAdvice")
                .call(named("getInputStream").and(takesNoArguments()), PACKAGE + "InputAdvice")
                .call(named("getErrorStream").and(takesNoArguments()), PACKAGE + "ErrorStreamAdvice")
                .call(named("getHeaderFields").and(takesNoArguments()), PACKAGE + "HeaderFieldsAdvice")
                .call(named("getHeaderField").and(takesArguments(String.class)), PACKAGE + "HeaderByNameAdvice")
                .call(
                        named("getHeaderField").or(named("getHeaderFieldKey")).and(takesArguments(int.class)),
                        PACKAGE + "HeaderByIndexAdvice");
    }
}
