package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Oracle's driver between TLS and the first packet: {@code oracle.net.nt.SSLSocketChannel}. */
public final class OracleHandshakePoint implements WeavePoint {

    public static final String TYPE = "oracle.net.nt.SSLSocketChannel";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("doSSLHandshake").and(takesNoArguments()), Advices.ORACLE_HANDSHAKE);
    }
}
