package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Connector/J's {@code ConnectionImpl}: physical connections, and commands of a connection that JDBC does not know. */
public final class MysqlConnectionPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
