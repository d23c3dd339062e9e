package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * The engine behind SQLite's driver, {@code org.sqlite.core.DB}: opened by its constructor and {@code open}, handed out by
 * {@code getDatabase} (in old versions misspelt). Most of its methods are native, so it is closed where it is handed out.
 */
public final class SqliteDatabasePoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return namedOneOf("org.sqlite.SQLiteConnection", "org.sqlite.core.CoreStatement", "org.sqlite.core.DB");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(namedOneOf("getDatabase", "getDatbase")).and(takesNoArguments()), Advices.DRIVER_ONLY)
                .call(isPublic().and(named("open")).and(takesArguments(String.class, int.class)), Advices.SQLITE_OPEN);
    }
}
