package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code java.sql.PreparedStatement}: executions without text, and their parameters. */
public final class PreparedStatementPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
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
                .call(
                        DriverTypes.setter().and(not(named("setNull"))).and(not(DriverTypes.streamSetter())),
                        Advices.SET_PARAMETER)
                .call(DriverTypes.setter().and(DriverTypes.streamSetter()), Advices.SET_STREAM)
                .call(DriverTypes.setter().and(named("setNull")), Advices.SET_NULL);
    }
}
