package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Connector/J's {@code NativeProtocol}, which {@code JdbcConnection.getSession()} leads anybody to. */
public final class MysqlProtocolPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("com.mysql.cj.protocol.a.NativeProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("sendCommand").and(takesArguments(3)), Advices.MYSQL_SEND_COMMAND)
                .call(named("setQueryComment").and(takesArguments(String.class)), Advices.MYSQL_QUERY_COMMENT);
    }
}
