package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;
import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code java.sql.ResultSet}: every getter of JDBC and of the vendor, and the ways to write through it. */
public final class ResultSetPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return DriverTypes.implementing("java.sql.ResultSet");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(isPublic().and(named("getWarnings")).and(takesNoArguments()), Advices.WARNINGS)
                .read(DriverTypes.getter())
                .call(DriverTypes.calendarGetter(), Advices.CALENDAR)
                .read(isPublic()
                        .and(namedOneOf("next", "previous", "first", "last")
                                .and(takesNoArguments())
                                .or(namedOneOf("absolute", "relative").and(takesArguments(int.class)))))
                // They give no values, and may have the driver fetch rows all the same.
                .call(
                        isPublic()
                                .and(namedOneOf(
                                        "isBeforeFirst",
                                        "isFirst",
                                        "isLast",
                                        "isAfterLast",
                                        "beforeFirst",
                                        "afterLast",
                                        "getRow"))
                                .and(takesNoArguments()),
                        Advices.LATE_ERROR)
                .call(
                        isPublic()
                                .and(nameStartsWith("update"))
                                .and(takesArgument(0, int.class).or(takesArgument(0, String.class))),
                        Advices.UPDATE_COLUMN)
                .call(
                        isPublic()
                                .and(namedOneOf("updateRow", "insertRow", "deleteRow", "refreshRow"))
                                .and(takesNoArguments()),
                        Advices.UPDATE_ROW);
    }
}
