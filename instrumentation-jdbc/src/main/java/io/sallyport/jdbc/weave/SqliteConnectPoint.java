package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code org.sqlite.JDBC.createConnection}, which data sources call in place of {@code Driver.connect}. */
public final class SqliteConnectPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.sqlite.JDBC");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("createConnection").and(takesArguments(String.class, java.util.Properties.class)),
                Advices.SQLITE_CONNECT);
    }
}
