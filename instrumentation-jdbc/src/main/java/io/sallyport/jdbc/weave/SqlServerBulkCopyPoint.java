package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code SQLServerBulkCopy.writeToServer}: rows that reach a table without a statement. */
public final class SqlServerBulkCopyPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("com.microsoft.sqlserver.jdbc.SQLServerBulkCopy");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(named("writeToServer")), Advices.SQLSERVER_BULK_COPY);
    }
}
