package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code java.sql.Statement}, the plain form: everything that carries its SQL with it, and what all statements share. */
public final class StatementPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
                .call(isPublic().and(namedOneOf("cancel", "close")).and(takesNoArguments()), Advices.RELEASE_STATEMENT)
                .call(isPublic().and(named("setQueryTimeout")).and(takesArguments(int.class)), Advices.QUERY_TIMEOUT);
    }
}
