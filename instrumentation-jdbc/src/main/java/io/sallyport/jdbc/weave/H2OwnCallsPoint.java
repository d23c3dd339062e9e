package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * H2's own calls of {@code JdbcConnection.getSession()}, which returns a field: each result, LOB and array asks for the session, and
 * to tell such a caller from an application takes a walk over the stack ({@link H2ConnectionPoint}), as long as a whole point select.
 */
public final class H2OwnCallsPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(
                "org.h2.jdbc.JdbcStatement",
                "org.h2.jdbc.JdbcPreparedStatement",
                "org.h2.jdbc.JdbcResultSet",
                "org.h2.jdbc.JdbcLob",
                "org.h2.jdbc.JdbcArray");
    }

    @Override
    public void weave(Weave weave) {
        weave.straight("org.h2.jdbc.JdbcConnection", "getSession", "session");
    }
}
