package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Connector/J's own classes that ask a session for its protocol once a statement, a result or a parameter: {@link MysqlSessionPoint}. */
public final class MysqlProtocolUsersPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(
                "com.mysql.cj.jdbc.result.ResultSetImpl",
                "com.mysql.cj.ClientPreparedQuery",
                "com.mysql.cj.ServerPreparedQuery",
                "com.mysql.cj.NativeQueryBindValue");
    }

    @Override
    public void weave(Weave weave) {
        weave.straight("com.mysql.cj.NativeSession", "getProtocol", "protocol");
    }
}
