package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code java.sql.CallableStatement}: OUT parameters are results. */
public final class CallableStatementPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return DriverTypes.implementing("java.sql.CallableStatement");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().read(DriverTypes.getter()).call(DriverTypes.calendarGetter(), Advices.CALENDAR);
    }
}
