package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Executions of pgjdbc's statements that JDBC does not know: {@code executeWithFlags}. */
public final class PgStatementPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return nameStartsWith("org.postgresql.jdbc.").and(DriverTypes.implementing("java.sql.Statement"));
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("executeWithFlags").and(takesArgument(0, String.class)), Advices.EXECUTE_VENDOR_SQL)
                .call(named("executeWithFlags").and(takesArguments(int.class)), Advices.EXECUTE_PREPARED)
                // Old versions declare it here, and prepared statements inherit it.
                .call(named("executeLargeUpdate").and(takesNoArguments()), Advices.EXECUTE_PREPARED)
                .call(
                        named("executeWithFlags").and(takesArgument(0, named("org.postgresql.core.CachedQuery"))),
                        Advices.PG_CACHED_QUERY);
    }
}
