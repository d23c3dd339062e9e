package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** H2's way behind the getters: {@code JdbcResultSet.getResult()} hands out the engine's own result. */
public final class H2ResultSetPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.h2.jdbc.JdbcResultSet");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("getResult").and(takesNoArguments()), Advices.RAW_RESULT);
    }
}
