package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code SQLiteConnection.serialize} and {@code deserialize}: a whole database out and in, without a statement. */
public final class SqliteImagePoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.sqlite.SQLiteConnection");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(namedOneOf("serialize", "deserialize")), Advices.SQLITE_IMAGE);
    }
}
