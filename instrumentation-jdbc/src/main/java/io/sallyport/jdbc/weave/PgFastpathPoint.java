package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Function calls by {@code Fastpath}, and large objects, which are made of them. */
public final class PgFastpathPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.postgresql.fastpath.Fastpath");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("fastpath").and(takesArguments(2)).and(takesArgument(0, int.class)), Advices.PG_FASTPATH);
    }
}
