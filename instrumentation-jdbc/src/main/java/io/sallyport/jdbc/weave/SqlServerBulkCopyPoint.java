package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code SQLServerBulkCopy.writeToServer}: rows that reach a table without a statement. */
public final class SqlServerBulkCopyPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("com.microsoft.sqlserver.jdbc.SQLServerBulkCopy");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(named("writeToServer")), Advices.SQLSERVER_BULK_COPY);
    }
}
