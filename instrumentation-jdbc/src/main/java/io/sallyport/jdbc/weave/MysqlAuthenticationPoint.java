package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Connector/J between the TLS handshake and the first byte of authentication. */
public final class MysqlAuthenticationPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.mysql.cj.protocol.a.NativeAuthenticationProvider");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("proceedHandshakeWithPluggableAuthentication"), Advices.MYSQL_CREDENTIALS);
    }
}
