package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * The engine behind SQLite's driver, {@code org.sqlite.core.DB}: opened by its constructor and {@code open}, handed out by
 * {@code getDatabase} (in old versions misspelt). Most of its methods are native, so it is closed where it is handed out.
 */
public final class SqliteDatabasePoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf("org.sqlite.SQLiteConnection", "org.sqlite.core.CoreStatement", "org.sqlite.core.DB");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(namedOneOf("getDatabase", "getDatbase")).and(takesNoArguments()), Advices.DRIVER_ONLY)
                .call(isPublic().and(named("open")).and(takesArguments(String.class, int.class)), Advices.SQLITE_OPEN);
    }
}
