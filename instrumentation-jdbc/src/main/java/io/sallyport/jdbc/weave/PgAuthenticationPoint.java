package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** pgjdbc between the TLS handshake and the first byte of authentication: {@code v3.ConnectionFactoryImpl}. */
public final class PgAuthenticationPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.postgresql.core.v3.ConnectionFactoryImpl");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("sendStartupPacket"), Advices.PG_STARTUP)
                .call(named("doAuthentication"), Advices.PG_AUTHENTICATION);
    }
}
