package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code java.sql.Driver}: the way in. */
public final class DriverPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return DriverTypes.implementing("java.sql.Driver");
    }

    @Override
    public void weave(Weave weave) {
        // Oracle's data sources call an overload with a third argument.
        weave.call(
                named("connect").and(takesArgument(0, String.class)).and(takesArgument(1, java.util.Properties.class)),
                Advices.CONNECT);
    }
}
