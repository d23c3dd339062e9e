package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code org.sqlite.JDBC.createConnection}, which data sources call in place of {@code Driver.connect}. */
public final class SqliteConnectPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.sqlite.JDBC");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("createConnection").and(takesArguments(String.class, java.util.Properties.class)),
                Advices.SQLITE_CONNECT);
    }
}
