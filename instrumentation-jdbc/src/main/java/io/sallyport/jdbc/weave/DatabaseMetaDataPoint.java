package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code java.sql.DatabaseMetaData}: catalogue queries that a driver runs on its own account. */
public final class DatabaseMetaDataPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return DriverTypes.implementing("java.sql.DatabaseMetaData");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(DriverTypes.returning("java.sql.ResultSet")), Advices.DATABASE_META_DATA);
    }
}
