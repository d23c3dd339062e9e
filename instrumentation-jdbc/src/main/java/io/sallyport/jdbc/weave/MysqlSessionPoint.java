package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * Connector/J's {@code NativeSession}: the comment before each statement, where newer versions keep it; and what sends and receives, for the
 * driver's own classes only, whose calls for each statement and result are linked past the question who asks ({@link MysqlProtocolUsersPoint}).
 */
public final class MysqlSessionPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.mysql.cj.NativeSession");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("setQueryComment").and(takesArguments(String.class)), Advices.MYSQL_QUERY_COMMENT)
                .call(named("getProtocol").and(takesNoArguments()), Advices.DRIVER_ONLY);
    }
}
