package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** The socket of Connector/J's connections and its streams: {@code AbstractProtocol.getSocketConnection()}, for the driver's own classes. */
public final class MysqlSocketPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.mysql.cj.protocol.AbstractProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("getSocketConnection").and(takesNoArguments()), Advices.DRIVER_ONLY);
    }
}
