package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code Function.create} and {@code Collation.create}: application code that the engine hands stored values, before any mask. */
public final class SqliteCallbackPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return namedOneOf("org.sqlite.Function", "org.sqlite.Collation");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(isStatic()).and(named("create")), Advices.SQLITE_CALLBACK);
    }
}
