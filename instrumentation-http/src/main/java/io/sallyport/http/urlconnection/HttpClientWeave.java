package io.sallyport.http.urlconnection;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.net.InetSocketAddress;

/** {@code sun.net.www.http.HttpClient}: the connection below URL connections, kept alive for the next one. */
final class HttpClientWeave implements WeavePoint {

    static final String TYPE = "sun.net.www.http.HttpClient";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    /** The overload with three arguments calls this one, the one with a single argument is called by nobody. */
    @Override
    public void weave(Weave weave) {
        weave.must(named("writeRequests").and(takesArguments(2)), "io.sallyport.http.urlconnection.WritingAdvice")
                .call(named("parseHTTP"), "io.sallyport.http.urlconnection.CaptureAdvice")
                .call(
                        named("privilegedOpenServer").and(takesArguments(InetSocketAddress.class)),
                        "io.sallyport.http.urlconnection.OpenProxyAdvice");
    }
}
