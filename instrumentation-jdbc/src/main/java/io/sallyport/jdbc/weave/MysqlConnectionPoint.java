package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Connector/J's {@code ConnectionImpl}: physical connections, and commands of a connection that JDBC does not know. */
public final class MysqlConnectionPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.mysql.cj.jdbc.ConnectionImpl");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("createNewIO").and(takesArguments(boolean.class)), Advices.MYSQL_CREATE_NEW_IO)
                .call(
                        isPublic()
                                .and(namedOneOf(
                                        "changeUser",
                                        "resetServerState",
                                        "setDatabase",
                                        "setSessionMaxRows",
                                        "isServerLocal",
                                        "isReadOnly",
                                        "setReadOnlyInternal")),
                        Advices.DRIVER_SCOPE)
                .call(named("shutdownServer").and(takesNoArguments()), Advices.MYSQL_SHUTDOWN);
    }
}
