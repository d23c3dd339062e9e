package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;
import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code java.sql.Statement}, the plain form: everything that carries its SQL with it, and what all statements share. */
public final class StatementPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return DriverTypes.implementing("java.sql.Statement");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(isPublic().and(named("getWarnings")).and(takesNoArguments()), Advices.WARNINGS)
                .call(
                        isPublic()
                                .and(namedOneOf("execute", "executeQuery", "executeUpdate", "executeLargeUpdate"))
                                .and(takesArgument(0, String.class)),
                        Advices.EXECUTE_SQL)
                .call(
                        isPublic()
                                .and(namedOneOf("executeBatch", "executeLargeBatch"))
                                .and(takesNoArguments()),
                        Advices.EXECUTE_BATCH)
                .call(isPublic().and(named("addBatch")).and(takesArguments(String.class)), Advices.ADD_BATCH_SQL)
                .call(isPublic().and(named("clearBatch")).and(takesNoArguments()), Advices.CLEAR_BATCH)
                .call(
                        isPublic()
                                .and(namedOneOf("getResultSet", "getGeneratedKeys", "getReturnResultSet"))
                                .and(takesNoArguments()),
                        Advices.RESULT)
                .call(
                        isPublic()
                                .and(named("getMoreResults")
                                        .and(takesNoArguments().or(takesArguments(int.class)))
                                        .or(named("close").and(takesNoArguments()))),
                        Advices.LATE_ERROR)
                .call(isPublic().and(namedOneOf("cancel", "close")).and(takesNoArguments()), Advices.RELEASE_STATEMENT)
                .call(isPublic().and(named("setQueryTimeout")).and(takesArguments(int.class)), Advices.QUERY_TIMEOUT);
    }
}
