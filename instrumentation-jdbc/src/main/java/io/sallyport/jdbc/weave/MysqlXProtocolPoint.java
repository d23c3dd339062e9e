package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** X DevAPI, another protocol in the same jar. */
public final class MysqlXProtocolPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.mysql.cj.protocol.x.XProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("connect").and(takesArguments(3)), Advices.MYSQL_X_PROTOCOL)
                .call(named("beforeHandshake"), Advices.MYSQL_X_PROTOCOL);
    }
}
