package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** pgjdbc's own connecting thread (under {@code loginTimeout}): {@code Driver.makeConnection}. */
public final class PgDriverPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.postgresql.Driver");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("makeConnection").and(takesArguments(String.class, java.util.Properties.class)),
                Advices.PG_MAKE_CONNECTION);
    }
}
