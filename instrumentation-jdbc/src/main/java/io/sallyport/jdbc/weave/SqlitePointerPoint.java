package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code SafeStmtPtr}, a public field of statements: runs any code with the engine and the statement at hand. */
public final class SqlitePointerPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.sqlite.core.SafeStmtPtr");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(nameStartsWith("safeRun")), Advices.SQLITE_POINTER);
    }
}
