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
        weave.call(named("connect").and(takesArguments(String.class, java.util.Properties.class)), Advices.CONNECT);
    }
}
