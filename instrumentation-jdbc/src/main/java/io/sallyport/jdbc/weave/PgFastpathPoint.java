package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Function calls by {@code Fastpath}, and large objects, which are made of them. */
public final class PgFastpathPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.postgresql.fastpath.Fastpath");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("fastpath").and(takesArguments(2)).and(takesArgument(0, int.class)), Advices.PG_FASTPATH);
    }
}
