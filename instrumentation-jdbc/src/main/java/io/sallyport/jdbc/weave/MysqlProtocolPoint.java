package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Connector/J's {@code NativeProtocol}, which {@code JdbcConnection.getSession()} leads anybody to. */
public final class MysqlProtocolPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.mysql.cj.protocol.a.NativeProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("sendCommand").and(takesArguments(3)), Advices.MYSQL_SEND_COMMAND)
                .call(isPublic().and(namedOneOf("send", "readMessage", "getPacketSender")), Advices.MYSQL_WIRE)
                .call(named("setQueryComment").and(takesArguments(String.class)), Advices.MYSQL_QUERY_COMMENT);
    }
}
