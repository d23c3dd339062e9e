package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.sql.SQLException;

/** MariaDB Connector/J's pooled connections, whose listeners are told every error of their statements as it is made. */
public final class MariadbPooledPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf("org.mariadb.jdbc.MariaDbPoolConnection", "org.mariadb.jdbc.MariaDbPooledConnection");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                        named("fireConnectionErrorOccurred").and(takesArguments(SQLException.class)),
                        Advices.MARIADB_CONNECTION_ERROR)
                .call(named("fireStatementErrorOccurred").and(takesArguments(2)), Advices.MARIADB_STATEMENT_ERROR);
    }
}
