package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;
import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code java.sql.Connection}: creates statements, ends, and runs housekeeping of its own. */
public final class ConnectionPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return DriverTypes.implementing("java.sql.Connection");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(isPublic().and(named("getWarnings")).and(takesNoArguments()), Advices.WARNINGS)
                .call(
                        isPublic().and(takesArgument(0, String.class)).and(DriverTypes.returning("java.sql.Statement")),
                        Advices.PREPARE)
                .call(
                        isPublic()
                                .and(not(takesArgument(0, String.class)))
                                .and(DriverTypes.returning("java.sql.Statement")),
                        Advices.CREATE_STATEMENT)
                .call(named("setAutoCommit").and(takesArguments(boolean.class)), Advices.AUTO_COMMIT)
                .call(namedOneOf("close", "abort").and(isPublic()), Advices.CLOSE_CONNECTION)
                .call(
                        isPublic()
                                .and(namedOneOf(
                                        "isValid",
                                        "setAutoCommit",
                                        "setReadOnly",
                                        "setTransactionIsolation",
                                        "getTransactionIsolation",
                                        "setSavepoint",
                                        "releaseSavepoint",
                                        "rollback",
                                        "commit",
                                        "setClientInfo",
                                        "setSchema",
                                        "getSchema",
                                        "setCatalog",
                                        "getCatalog",
                                        "setHoldability",
                                        "setNetworkTimeout",
                                        "getMetaData")),
                        Advices.DRIVER_SCOPE);
    }
}
