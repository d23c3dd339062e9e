package io.sallyport.http.urlconnection;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code sun.net.www.MessageHeader}: what {@code HttpClient.writeRequests} writes first. */
final class MessageHeaderWeave implements WeavePoint {

    static final String TYPE = "sun.net.www.MessageHeader";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("print").and(takesArguments(1)), "io.sallyport.http.urlconnection.HeadAdvice");
    }
}
