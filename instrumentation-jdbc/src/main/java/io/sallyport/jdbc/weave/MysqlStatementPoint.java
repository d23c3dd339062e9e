package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * What Connector/J's statements send, {@code JdbcStatement.getQuery()}: public for the driver's own classes, and whoever has it may put
 * other texts into a batch, or another statement in the place of a prepared one.
 */
public final class MysqlStatementPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.mysql.cj.jdbc.StatementImpl");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("getQuery").and(takesNoArguments()), Advices.DRIVER_ONLY);
    }
}
