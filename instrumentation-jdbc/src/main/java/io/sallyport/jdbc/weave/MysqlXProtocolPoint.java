package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** X DevAPI, another protocol in the same jar. */
public final class MysqlXProtocolPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("com.mysql.cj.protocol.x.XProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("connect").and(takesArguments(3)), Advices.MYSQL_X_PROTOCOL)
                .call(named("beforeHandshake"), Advices.MYSQL_X_PROTOCOL);
    }
}
