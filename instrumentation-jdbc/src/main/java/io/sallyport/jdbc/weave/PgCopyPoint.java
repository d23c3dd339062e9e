package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** COPY by {@code CopyManager}: a command that no statement sees. */
public final class PgCopyPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.postgresql.copy.CopyManager");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(nameStartsWith("copy")).and(takesArgument(0, String.class)), Advices.PG_COPY);
    }
}
