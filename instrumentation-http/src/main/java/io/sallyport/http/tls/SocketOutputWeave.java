package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code sun.security.ssl.SSLSocketImpl$AppOutputStream}: what an application writes to a socket. */
final class SocketOutputWeave implements WeavePoint {

    static final String TYPE = "sun.security.ssl.SSLSocketImpl$AppOutputStream";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("write").and(takesArguments(3)), "io.sallyport.http.tls.SocketWriteAdvice");
    }
}
