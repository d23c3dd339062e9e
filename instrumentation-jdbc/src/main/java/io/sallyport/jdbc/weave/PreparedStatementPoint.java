package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code java.sql.PreparedStatement}: executions without text, and their parameters. */
public final class PreparedStatementPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return DriverTypes.implementing("java.sql.PreparedStatement");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(
                        isPublic()
                                .and(namedOneOf("execute", "executeQuery", "executeUpdate", "executeLargeUpdate"))
                                .and(takesNoArguments()),
                        Advices.EXECUTE_PREPARED)
                .call(isPublic().and(named("addBatch")).and(takesNoArguments()), Advices.ADD_BATCH)
                .call(isPublic().and(named("clearParameters")).and(takesNoArguments()), Advices.CLEAR_PARAMETERS)
                .call(DriverTypes.setter().and(not(named("setNull"))), Advices.SET_PARAMETER)
                .call(DriverTypes.setter().and(named("setNull")), Advices.SET_NULL);
    }
}
