package io.sallyport.http.urlconnection;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code sun.net.www.protocol.http.HttpURLConnection}. */
final class HttpUrlConnectionWeave implements WeavePoint {

    static final String TYPE = "sun.net.www.protocol.http.HttpURLConnection";

    private static final String PACKAGE = "io.sallyport.http.urlconnection.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("plainConnect").and(takesNoArguments()), PACKAGE + "ConnectAdvice")
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
