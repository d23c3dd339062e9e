package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code SQLiteConnection.serialize} and {@code deserialize}: a whole database out and in, without a statement. */
public final class SqliteImagePoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.sqlite.SQLiteConnection");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(namedOneOf("serialize", "deserialize")), Advices.SQLITE_IMAGE);
    }
}
