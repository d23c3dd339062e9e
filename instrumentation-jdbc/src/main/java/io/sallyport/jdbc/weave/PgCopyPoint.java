package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** COPY by {@code CopyManager}: a command that no statement sees. */
public final class PgCopyPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.postgresql.copy.CopyManager");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(nameStartsWith("copy")).and(takesArgument(0, String.class)), Advices.PG_COPY);
    }
}
