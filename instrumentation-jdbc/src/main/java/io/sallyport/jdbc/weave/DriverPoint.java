package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code java.sql.Driver}: the way in. */
public final class DriverPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
