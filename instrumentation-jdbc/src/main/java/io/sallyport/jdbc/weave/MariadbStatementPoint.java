package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** MariaDB Connector/J 2: {@code MariaDbStatement.testExecute(String, Charset)}, an execution that its own tests left public. */
public final class MariadbStatementPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.mariadb.jdbc.MariaDbStatement");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("testExecute").and(takesArgument(0, String.class)), Advices.EXECUTE_VENDOR_SQL);
    }
}
