package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code SafeStmtPtr}, a public field of statements: runs any code with the engine and the statement at hand. */
public final class SqlitePointerPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.sqlite.core.SafeStmtPtr");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(nameStartsWith("safeRun")), Advices.SQLITE_POINTER);
    }
}
