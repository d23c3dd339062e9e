package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** pgjdbc between the TLS handshake and the first byte of authentication: {@code v3.ConnectionFactoryImpl}. */
public final class PgAuthenticationPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.postgresql.core.v3.ConnectionFactoryImpl");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("sendStartupPacket"), Advices.PG_STARTUP)
                .call(named("doAuthentication"), Advices.PG_AUTHENTICATION);
    }
}
