package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** pgjdbc's own connecting thread (under {@code loginTimeout}): {@code Driver.makeConnection}. */
public final class PgDriverPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.postgresql.Driver");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("makeConnection").and(takesArguments(String.class, java.util.Properties.class)),
                Advices.PG_MAKE_CONNECTION);
    }
}
