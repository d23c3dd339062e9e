package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code sun.security.ssl.TransportContext}: where every handshake of the JDK's TLS ends, on sockets and on engines. */
public final class HandshakePoint implements WeavePoint {

    public static final String TYPE = "sun.security.ssl.TransportContext";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("finishHandshake").and(takesNoArguments()), "io.sallyport.jdbc.advice.HandshakeAdvice");
    }
}
