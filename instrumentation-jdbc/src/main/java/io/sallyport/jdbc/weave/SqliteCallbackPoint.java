package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code Function.create} and {@code Collation.create}: application code that the engine hands stored values, before any mask. */
public final class SqliteCallbackPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf("org.sqlite.Function", "org.sqlite.Collation");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(isStatic()).and(named("create")), Advices.SQLITE_CALLBACK);
    }
}
