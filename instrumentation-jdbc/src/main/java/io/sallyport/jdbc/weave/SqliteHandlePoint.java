package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.nameStartsWith;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** SQLite's prepared statements, which run whatever their public field {@code pointer} names. */
public final class SqliteHandlePoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf("org.sqlite.jdbc3.JDBC3PreparedStatement", "org.sqlite.core.CorePreparedStatement");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(nameStartsWith("execute")).and(takesNoArguments()), Advices.SQLITE_HANDLE);
    }
}
