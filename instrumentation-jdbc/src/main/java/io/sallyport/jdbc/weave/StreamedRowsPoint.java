package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Results of the drivers for MySQL and MariaDB, whose {@code close()} reads what is left of a stream, with the server's errors in it. */
public final class StreamedRowsPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(
                "com.mysql.cj.jdbc.result.ResultSetImpl",
                "org.mariadb.jdbc.client.result.Result",
                "org.mariadb.jdbc.client.result.StreamingResult",
                "org.mariadb.jdbc.internal.com.read.resultset.SelectResultSet");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(isPublic().and(named("close")).and(takesNoArguments()), Advices.LATE_ERROR);
    }
}
