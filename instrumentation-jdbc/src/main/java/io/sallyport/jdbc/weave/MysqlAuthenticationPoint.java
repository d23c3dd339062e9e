package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Connector/J between the TLS handshake and the first byte of authentication. */
public final class MysqlAuthenticationPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("com.mysql.cj.protocol.a.NativeAuthenticationProvider");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("proceedHandshakeWithPluggableAuthentication"), Advices.MYSQL_CREDENTIALS);
    }
}
