package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** MariaDB Connector/J 2: {@code MariaDbStatement.testExecute(String, Charset)}, an execution that its own tests left public. */
public final class MariadbStatementPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.mariadb.jdbc.MariaDbStatement");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("testExecute").and(takesArgument(0, String.class)), Advices.EXECUTE_VENDOR_SQL);
    }
}
