package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** H2's way behind the getters: {@code JdbcResultSet.getResult()} hands out the engine's own result. */
public final class H2ResultSetPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.h2.jdbc.JdbcResultSet");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("getResult").and(takesNoArguments()), Advices.RAW_RESULT);
    }
}
